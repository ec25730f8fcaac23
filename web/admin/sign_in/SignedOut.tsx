/** The pages for those who are not signed in: signing in, a forgotten password, a link from an e-mail. */
import CssBaseline from '@mui/material/CssBaseline';
import { ThemeProvider, createTheme } from '@mui/material/styles';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { I18nContextProvider, type I18nProvider, type Store, StoreContextProvider } from 'react-admin';
import { RouterProvider, createHashRouter } from 'react-router-dom';
import { darkTheme, lightTheme } from '../house/theme';
import AccountLink from './AccountLink';
import { Forgotten } from './Forgotten';
import { SignIn } from './SignIn';

const client = new QueryClient({ defaultOptions: { mutations: { retry: false }, queries: { retry: false } } });
const router = createHashRouter([
  { path: '/account-links/:token', element: <AccountLink /> },
  { path: '/forgotten', element: <Forgotten /> },
  { path: '*', element: <SignIn /> }, // the address stays: it opens once somebody is signed in
]);

const themeOf = (store: Store) => {
  const chosen = store.getItem<string>('theme') ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
  return createTheme(chosen === 'dark' ? darkTheme : lightTheme);
};

export default function SignedOut({ store, i18n }: { store: Store; i18n: I18nProvider }) {
  return (
    <QueryClientProvider client={client}>
      <StoreContextProvider value={store}>
        <I18nContextProvider value={i18n}>
          <ThemeProvider theme={themeOf(store)}>
            <CssBaseline enableColorScheme />
            <RouterProvider router={router} />
          </ThemeProvider>
        </I18nContextProvider>
      </StoreContextProvider>
    </QueryClientProvider>
  );
}
