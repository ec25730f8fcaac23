/** What a person has arranged (columns, language, theme, folded menus): kept on the server. */
import { type Store, localStorageStore, memoryStore } from 'react-admin';
import { Problem, ask } from './http';

type Preferences = Record<string, unknown>;

const DELAY_MS = 800;
/** Where a person was, rather than what they like: it belongs to this tab. */
const PASSING = /\.(selectedIds|listParams|datagrid\.expanded)$|^RaStore/;

export const deviceStore = (): Store => localStorageStore(undefined, 'backoffice');

/** Nobody's are empty; those that cannot be read now are not: what is changed next would be written over them. */
export async function loadPreferences(): Promise<Preferences> {
  try {
    return await ask<Preferences>('GET', '/me/preferences');
  } catch (error) {
    if (error instanceof Problem && (error.status === 401 || error.status === 403)) return {};
    throw error;
  }
}

export function serverStore(kept: Preferences): Store {
  const store = memoryStore(kept);
  store.setup();
  const preferences = { ...kept };
  let timer: number | undefined;
  const send = (): void => {
    window.clearTimeout(timer);
    timer = undefined;
    void ask('PUT', '/me/preferences', preferences).catch(() => undefined);
  };
  const changed = (key: string, value: unknown): void => {
    if (PASSING.test(key)) return;
    if (value === undefined) delete preferences[key];
    else preferences[key] = value;
    window.clearTimeout(timer);
    timer = window.setTimeout(send, DELAY_MS);
  };
  // Changed just before the page is left: without this it would be lost.
  addEventListener('pagehide', () => timer && send());
  return {
    ...store,
    setup: () => {},
    teardown: () => {},
    setItem: (key, value) => {
      store.setItem(key, value);
      remember(key, value);
      changed(key, value);
    },
    removeItem: (key) => {
      store.removeItem(key);
      changed(key, undefined);
    },
  };
}

/** The sign-in page knows nobody yet, but speaks and looks as they last chose on this device. */
function remember(key: string, value: unknown): void {
  if (key === 'locale' || key === 'theme') deviceStore().setItem(key, value);
}
