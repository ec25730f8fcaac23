/** The frame of the pages before signing in. */
import Box from '@mui/material/Box';
import MenuItem from '@mui/material/MenuItem';
import Paper from '@mui/material/Paper';
import Select from '@mui/material/Select';
import Typography from '@mui/material/Typography';
import type { ReactNode } from 'react';
import { useLocaleState, useTranslate } from 'react-admin';
import { LANGUAGES } from '../house/i18n';

interface Props {
  title: string;
  children: ReactNode;
}

export function Card({ title, children }: Props) {
  const translate = useTranslate();
  const [locale, setLocale] = useLocaleState();
  return (
    <Box component="main" sx={{ minHeight: '100dvh', display: 'grid', placeItems: 'center', bgcolor: 'background.default', p: 2 }}>
      <Paper variant="outlined" sx={{ width: '100%', maxWidth: 400, p: { xs: 2.5, sm: 4 } }}>
        <Typography component="p" sx={{ color: 'primary.main', fontWeight: 700, mb: 2 }}>
          BackOffice
        </Typography>
        <Typography variant="h1" sx={{ mb: 2 }}>
          {title}
        </Typography>
        {children}
        <Select value={locale} onChange={(event) => setLocale(event.target.value)} variant="standard" disableUnderline inputProps={{ 'aria-label': translate('sign_in.language') }} sx={{ mt: 3 }}>
          {LANGUAGES.map((language) => (
            <MenuItem key={language.locale} value={language.locale} lang={language.locale}>
              {language.name}
            </MenuItem>
          ))}
        </Select>
      </Paper>
    </Box>
  );
}
