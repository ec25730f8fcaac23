/** What react-admin asks about rights: screens, menu entries and buttons hide by these answers. */
import type { AuthProvider } from 'react-admin';
import { ask, Problem } from './http';
import { type Me, may } from './me';
import { nounOf } from './nouns';
import { SCREENS } from '../screens';

const READING = new Set(['list', 'show']);

export const authProvider = (me: Me): AuthProvider => ({
  login: async () => location.reload(),
  logout: signOut,
  checkAuth: async () => {},
  checkError: async (error: unknown) => {
    if (error instanceof Problem && error.status === 401) location.reload();
  },
  getIdentity: async () => ({ id: me.actor, fullName: me.name }),
  getPermissions: async () => me.rights,
  canAccess: async ({ action, resource }) => may(me, READING.has(action) ? readingOf(resource) : `${nounOf(resource)}.${action}`),
});

/** The right that opens the screen, which is not always the resource's own: brands are read by who may read products. */
const readingOf = (resource: string): string => SCREENS.find(({ name }) => name === resource)?.right ?? `${nounOf(resource)}.read`;

/** The address stays: whoever signs in next on this page begins at the start. */
async function signOut(): Promise<false> {
  await ask('DELETE', '/session').catch(() => undefined);
  location.hash = '#/';
  location.reload();
  return false;
}
