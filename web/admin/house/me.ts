/** Who is signed in, and what they may: read once when the pages open. */
import { createContext, useContext } from 'react';
import { Problem, ask, keepCsrfToken } from './http';

export type Level = 'hidden' | 'read' | 'write';

export interface Me {
  actor: string;
  name: string;
  login: string;
  language: string;
  staff_id: number | null;
  rights: Record<string, 'own' | 'all'>;
  fields: Record<string, Level>;
  branches: { id: number; name: string }[];
  groups: string[];
  csrf_token: string | null;
  second_factor: 'email' | 'authenticator';
  is_super_admin: boolean;
}

/** null: nobody is signed in, or only half. */
export async function loadMe(): Promise<Me | null> {
  try {
    const me = await ask<Me>('GET', '/session');
    keepCsrfToken(me.csrf_token);
    return me;
  } catch (error) {
    if (error instanceof Problem && error.status === 401) return null;
    throw error;
  }
}

export const may = (me: Me, right: string): boolean => right in me.rights;

/** What is not named is hidden. `order.total` names a field. */
export const level = (me: Me, field: string): Level => me.fields[field] ?? 'hidden';

const MeContext = createContext<Me | null>(null);
export const MeProvider = MeContext.Provider;

export function useMe(): Me {
  const me = useContext(MeContext);
  if (!me) throw new Error('Only inside of the pages for those signed in.');
  return me;
}

export const useMay = (right: string): boolean => may(useMe(), right);
export const useLevel = (field: string): Level => level(useMe(), field);
