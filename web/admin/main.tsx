/** Opens the pages: who is signed in decides which. */
import '@fontsource-variable/inter/index.css';
import createCache from '@emotion/cache';
import { CacheProvider } from '@emotion/react';
import { type ReactElement, StrictMode } from 'react';
import type { I18nProvider, Store } from 'react-admin';
import { createRoot } from 'react-dom/client';
import { fetchWords, languageOf, startI18n } from './house/i18n';
import { type Me, loadMe } from './house/me';
import { deviceStore, loadPreferences, serverStore } from './house/store';
import { Unreachable } from './sign_in/Unreachable';

/** The pages were built anew while these were open: what they still need is gone, so they begin again. */
const PATIENCE_MS = 10_000;
addEventListener('vite:preloadError', () => {
  const last = Number(sessionStorage.getItem('begun-again'));
  sessionStorage.setItem('begun-again', String(Date.now()));
  if (Date.now() - last > PATIENCE_MS) location.reload();
});

// All that the first page needs is on its way at once.
const pages = import('./house/BackOffice');
const device = deviceStore();
void fetchWords(languageOf(device.getItem('locale'), navigator.language));

const nonce = document.querySelector<HTMLMetaElement>('meta[name=style-nonce]')?.content;
const cache = createCache({ key: 'css', nonce, prepend: true });
const root = createRoot(document.getElementById('root')!);

async function open(): Promise<void> {
  const asking = loadMe();
  void Promise.all([asking, pages]).then(([me, { askForRows }]) => me && askForRows(me)).catch(() => undefined);
  const [me, preferences] = await Promise.all([asking, loadPreferences()]);
  const store = me ? serverStore(preferences) : device;
  const i18n = await startI18n(languageOf(store.getItem('locale'), me?.language, navigator.language));
  const shown = me ? await signedIn(me, store, i18n) : await signedOut(store, i18n);
  root.render(
    <StrictMode>
      <CacheProvider value={cache}>{shown}</CacheProvider>
    </StrictMode>,
  );
}

async function signedIn(me: Me, store: Store, i18n: I18nProvider): Promise<ReactElement> {
  const { default: BackOffice, firstPage } = await pages;
  await firstPage;
  return <BackOffice me={me} store={store} i18n={i18n} />;
}

async function signedOut(store: Store, i18n: I18nProvider): Promise<ReactElement> {
  const { default: SignedOut } = await import('./sign_in/SignedOut');
  return <SignedOut store={store} i18n={i18n} />;
}

open().catch((error: unknown) => root.render(<Unreachable error={error} />));
