/** One figure, leading to the list behind it. */
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Paper from '@mui/material/Paper';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { Link as RouterLink } from 'react-router-dom';

interface Props {
  label: string;
  to: string;
  children: ReactNode;
  detail?: ReactNode;
  isUrgent?: boolean;
}

export function Tile({ label, to, children, detail, isUrgent = false }: Props) {
  return (
    <Paper variant="outlined" component="li" sx={{ p: 1.5, minWidth: 0, borderLeft: isUrgent ? 4 : undefined, borderLeftColor: isUrgent ? 'error.main' : undefined }}>
      <Link component={RouterLink} to={to} underline="hover" color="inherit" sx={{ display: 'block' }}>
        <Typography variant="body2" component="span" sx={{ color: 'text.secondary', display: 'block' }}>
          {label}
        </Typography>
        <Box component="strong" sx={{ fontSize: '1.5rem', fontWeight: 650, fontVariantNumeric: 'tabular-nums', overflowWrap: 'anywhere' }}>
          {children}
        </Box>
      </Link>
      {detail && (
        <Typography variant="caption" component="div" sx={{ color: 'text.secondary' }}>
          {detail}
        </Typography>
      )}
    </Paper>
  );
}

export function Tiles({ children, wide = false }: { children: ReactNode; wide?: boolean }) {
  const least = wide ? 220 : 140;
  return (
    <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0, display: 'grid', gap: 1.5, gridTemplateColumns: `repeat(auto-fit, minmax(${least}px, 1fr))` }}>
      {children}
    </Box>
  );
}
