/** How the pages look: one palette, light and dark, every text at AA contrast. */
import { type ThemeOptions, alpha } from '@mui/material/styles';
import { deepmerge } from '@mui/utils';
import { type RaThemeOptions, defaultTheme } from 'react-admin';

const shared: ThemeOptions = {
  typography: {
    fontFamily: '"Inter Variable", system-ui, sans-serif',
    fontSize: 13.5,
    body1: { fontSize: '0.9rem' },
    body2: { fontSize: '0.875rem' },
    h1: { fontSize: '1.35rem', fontWeight: 650, lineHeight: 1.3, letterSpacing: '-0.01em' },
    h2: { fontSize: '1.02rem', fontWeight: 650, lineHeight: 1.4 },
    h3: { fontSize: '0.92rem', fontWeight: 600, lineHeight: 1.4 },
    button: { textTransform: 'none', fontWeight: 550 },
  },
  shape: { borderRadius: 8 },
  components: {
    MuiCssBaseline: {
      styleOverrides: {
        body: { fontFeatureSettings: '"cv05", "cv11", "ss03"' },
        '@media (prefers-reduced-motion: reduce)': {
          '*, *::before, *::after': { animationDuration: '0.01ms !important', transitionDuration: '0.01ms !important' },
        },
      },
    },
    MuiButton: { defaultProps: { size: 'small', disableElevation: true } },
    MuiTextField: { defaultProps: { size: 'small', variant: 'outlined' } },
    MuiFormControl: { defaultProps: { size: 'small', variant: 'outlined', margin: 'dense' } },
    MuiPaper: { styleOverrides: { root: { backgroundImage: 'none' } } },
    MuiTableCell: {
      styleOverrides: {
        root: { fontVariantNumeric: 'tabular-nums' },
        head: { fontWeight: 600, whiteSpace: 'nowrap' },
        sizeSmall: { paddingInline: 12 },
      },
    },
    MuiTooltip: { defaultProps: { arrow: true, enterDelay: 400 } },
    MuiAppBar: { defaultProps: { elevation: 0, color: 'default' } },
  },
};

function themed(mode: 'light' | 'dark'): RaThemeOptions {
  const light = mode === 'light';
  const primary = light ? '#1f4e79' : '#8cbdec';
  const line = light ? '#d5dbe2' : '#343c46';
  return deepmerge(deepmerge(defaultTheme, shared), {
    sidebar: { width: 200, closedWidth: 56 },
    palette: {
      mode,
      primary: { main: primary },
      secondary: { main: light ? '#1f4e79' : '#8cbdec' },
      error: { main: light ? '#b3261e' : '#ff9d94' },
      warning: { main: light ? '#8a5300' : '#f2b65c' },
      success: { main: light ? '#1b6b3a' : '#7fd09a' },
      info: { main: light ? '#1b5f8c' : '#8ec8f0' },
      text: { primary: light ? '#1b1f24' : '#e8ecf1', secondary: light ? '#4a5260' : '#b3bcc8' },
      background: { default: light ? '#f5f7f9' : '#14181d', paper: light ? '#ffffff' : '#1c2229' },
      divider: line,
    },
    components: {
      RaToolbar: { styleOverrides: { root: { backgroundColor: light ? '#f5f7f9' : '#14181d' } } },
      MuiPaper: { variants: [], styleOverrides: { outlined: { borderColor: line } } },
      MuiTableRow: { styleOverrides: { root: { '&.MuiTableRow-hover:hover': { backgroundColor: alpha(primary, 0.06) } } } },
    },
  } satisfies RaThemeOptions);
}

export const lightTheme = themed('light');
export const darkTheme = themed('dark');
