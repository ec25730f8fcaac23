/** Nothing here: what would be here, and how it gets here. */
import Inbox from '@mui/icons-material/InboxOutlined';
import Box from '@mui/material/Box';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';

interface Props {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
}

export function EmptyState({ title, children, action }: Props) {
  return (
    <Box sx={{ py: 6, px: 2, textAlign: 'center', color: 'text.secondary' }}>
      <Inbox sx={{ fontSize: 44, opacity: 0.6 }} aria-hidden />
      <Typography variant="h2" component="p" sx={{ color: 'text.primary', mt: 1 }}>
        {title}
      </Typography>
      <Typography variant="body2" sx={{ maxWidth: 460, mx: 'auto', my: 1 }}>
        {children}
      </Typography>
      {action}
    </Box>
  );
}
