/** How a text will look in an order, while it is being written. */
import Box from '@mui/material/Box';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslate } from 'react-admin';
import { ProblemNote } from '../house/ProblemNote';
import { type Schemas, ask } from '../house/http';

type Shown = Schemas['PreviewRead'];

interface Props {
  path: string;
  subject: string;
  body: string;
  first: Shown;
}

const WAIT_MS = 300;

export function Preview({ path, subject, body, first }: Props) {
  const translate = useTranslate();
  const text = useSettled(subject, body);
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: ['preview', path, text],
    queryFn: () => ask<Shown>('POST', `${path}/preview`, text),
    placeholderData: keepPreviousData,
    retry: false,
  });
  const shown = data ?? first;
  return (
    <Box component="section" aria-label={translate('settings.notices.preview')}>
      <Typography variant="body2" sx={{ color: 'text.secondary', mb: 0.5 }}>
        {translate('settings.notices.preview')}
      </Typography>
      <Paper variant="outlined" sx={{ p: 2, opacity: isPlaceholderData ? 0.6 : 1, bgcolor: 'background.default', overflowWrap: 'anywhere' }}>
        {shown.subject && <Typography sx={{ fontWeight: 650, mb: 1 }}>{shown.subject}</Typography>}
        <Typography sx={{ whiteSpace: 'pre-line' }}>{shown.body}</Typography>
      </Paper>
      <ProblemNote error={error} />
    </Box>
  );
}

function useSettled(subject: string, body: string): { subject: string; body: string } {
  const [settled, setSettled] = useState({ subject, body });
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled({ subject, body }), WAIT_MS);
    return () => window.clearTimeout(timer);
  }, [subject, body]);
  return settled;
}
