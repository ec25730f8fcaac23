/** Opens the pages: who is signed in decides which. */
import '@fontsource-variable/inter/index.css';
import createCache from '@emotion/cache';
import { CacheProvider } from '@emotion/react';
import { StrictMode, lazy } from 'react';
import { createRoot } from 'react-dom/client';
import { languageOf, startI18n } from './house/i18n';
import { loadMe } from './house/me';
import { deviceStore, serverStore } from './house/store';
import { Unreachable } from './sign_in/Unreachable';

/** The pages were built anew while these were open: what they still need is gone, so they begin again. */
const PATIENCE_MS = 10_000;
addEventListener('vite:preloadError', () => {
  const last = Number(sessionStorage.getItem('begun-again'));
  sessionStorage.setItem('begun-again', String(Date.now()));
  if (Date.now() - last > PATIENCE_MS) location.reload();
});

const BackOffice = lazy(() => import('./house/BackOffice'));
const SignedOut = lazy(() => import('./sign_in/SignedOut'));

const nonce = document.querySelector<HTMLMetaElement>('meta[name=style-nonce]')?.content;
const cache = createCache({ key: 'css', nonce, prepend: true });
const root = createRoot(document.getElementById('root')!);

async function open(): Promise<void> {
  const me = await loadMe();
  const store = me ? await serverStore() : deviceStore();
  const i18n = await startI18n(languageOf(store.getItem('locale'), me?.language, navigator.language));
  root.render(
    <StrictMode>
      <CacheProvider value={cache}>
        {me ? <BackOffice me={me} store={store} i18n={i18n} /> : <SignedOut store={store} i18n={i18n} />}
      </CacheProvider>
    </StrictMode>,
  );
}

open().catch((error: unknown) => root.render(<Unreachable error={error} />));
