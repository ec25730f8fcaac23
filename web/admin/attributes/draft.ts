/** What one types about an attribute, until all of it is saved at once. */
import type { Attribute } from '../products/choices';

export type Names = Record<string, string>;

export interface DraftValue {
  /** For the page only: what tells rows apart before they are saved. */
  key: string;
  id: number | null;
  code: string;
  names: Names;
}

export interface Draft {
  code: string;
  names: Names;
  position: number;
  values: DraftValue[];
}

export const EMPTY: Draft = { code: '', names: {}, position: 0, values: [] };

export const newValue = (): DraftValue => ({ key: crypto.randomUUID(), id: null, code: '', names: {} });

export const draftOf = ({ code, names, position, values }: Attribute): Draft => ({
  code,
  names,
  position,
  values: values.map((value) => ({ ...value, key: String(value.id) })),
});

const filled = (names: Names): Names => Object.fromEntries(Object.entries(names).filter(([, name]) => name.trim()));

export const bodyOf = ({ code, names, position, values }: Draft): object => ({
  code,
  position,
  names: filled(names),
  values: values.map((value) => ({ id: value.id, code: value.code, names: filled(value.names) })),
});

/** Where it cannot be saved yet: `code`, `names`, and of values `<key> code`, `<key> names`. The server looks at the rest. */
export function gapsOf({ code, names, values }: Draft): Set<string> {
  const gaps = new Set<string>();
  if (!/^[a-z]/.test(code)) gaps.add('code');
  if (!Object.keys(filled(names)).length) gaps.add('names');
  for (const value of values) {
    if (!value.code || values.some((other) => other.key !== value.key && other.code === value.code)) gaps.add(`${value.key} code`);
    if (!Object.keys(filled(value.names)).length) gaps.add(`${value.key} names`);
  }
  return gaps;
}

/** The same in words, to be held against what somebody else has saved. */
export const inWords = ({ code, names, position, values }: Draft): Record<string, string> => ({
  code,
  names: Object.values(filled(names)).join(' / '),
  position: String(position),
  values: values.map((value) => `${value.code}: ${Object.values(filled(value.names)).join(' / ')}`).join('; '),
});
