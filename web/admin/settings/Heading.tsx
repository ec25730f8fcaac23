/** A part of a form. */
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';

export const Heading = ({ children }: { children: ReactNode }) => (
  <Typography variant="h2" sx={{ '&:not(:first-of-type)': { mt: 1 } }}>
    {children}
  </Typography>
);
