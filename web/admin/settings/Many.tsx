/** Many things of one kind: each a link with what matters of it, and a button for a new one. */
import Add from '@mui/icons-material/Add';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import MuiLink from '@mui/material/Link';
import Paper from '@mui/material/Paper';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Link } from 'react-router-dom';
import { EmptyState } from '../house/EmptyState';
import { ProblemNote } from '../house/ProblemNote';
import { useMay } from '../house/me';
import { Place } from './Place';

/** The address of what is not there yet: no code begins so. */
export const NEW = '+new';

interface Line {
  id: string | number;
  name: string;
  text: ReactNode;
  aside?: ReactNode;
}

interface Props<Row> {
  title: string;
  lead: string;
  path: string;
  read: UseQueryResult<Row[]>;
  line: (row: Row) => Line;
  /** Word of the button; none where nothing can be added. */
  add?: string;
  empty?: string;
}

export function Many<Row>({ title, lead, path, read: { data, error, refetch }, line, add, empty = '' }: Props<Row>) {
  const mayEdit = useMay('settings.edit');
  const button = add && mayEdit && (
    <Button component={Link} to={`${path}/${NEW}`} variant="contained" startIcon={<Add />}>
      {add}
    </Button>
  );
  return (
    <Box sx={{ maxWidth: 860 }}>
      <Place title={title} />
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, justifyContent: 'space-between', alignItems: 'start', mb: 1.5 }}>
        <Typography sx={{ color: 'text.secondary', flex: '1 1 260px' }}>{lead}</Typography>
        {button}
      </Box>
      <ProblemNote error={error} onRetry={() => void refetch()} />
      {!data && !error && <Skeleton variant="rounded" height={200} />}
      {data && !data.length && <EmptyState title={title}>{empty}</EmptyState>}
      {!!data?.length && (
        <Paper component="ul" variant="outlined" sx={{ listStyle: 'none', m: 0, p: 0 }}>
          {data.map(line).map(({ id, name, text, aside }) => (
            <Box key={id} component="li" sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center', px: 2, py: 1.25, borderTop: 1, borderColor: 'divider', '&:first-of-type': { borderTop: 0 } }}>
              <Box sx={{ flex: '1 1 220px', minWidth: 0 }}>
                <MuiLink component={Link} to={`${path}/${id}`} underline="hover" sx={{ fontWeight: 600 }}>
                  {name}
                </MuiLink>
                <Typography variant="body2" component="div" sx={{ color: 'text.secondary' }}>
                  {text}
                </Typography>
              </Box>
              {aside}
            </Box>
          ))}
        </Paper>
      )}
    </Box>
  );
}
