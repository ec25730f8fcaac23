/** What is granted, as the matrix edits it. The server says what can be granted, and how far by whom. */
import { useQuery } from '@tanstack/react-query';
import { type Schemas, ask } from '../house/http';

export type Noun = Schemas['NounRead'];
export type Reach = Schemas['Reach'];
export type FieldLevel = Schemas['FieldLevel'];
/** Of a right or of a field: what is not granted is `none` or `hidden`. */
export type State = 'none' | Reach | FieldLevel;

export interface Grants {
  rights: Record<string, Reach>;
  fields: Record<string, FieldLevel>;
}

/** One right or one guarded field. */
export interface Cell {
  key: string;
  kind: 'rights' | 'fields';
  /** Its word's key: `groups.commands.read`, `groups.guarded.total`. */
  word: string;
  noun: string;
  /** From nothing upwards. */
  states: State[];
  /** How far whoever asks may grant it. */
  grantable: State;
}

export const NOTHING: Grants = { rights: {}, fields: {} };

export const useRights = () =>
  useQuery({ queryKey: ['rights'], queryFn: () => ask<Schemas['RightsRead']>('GET', '/rights'), retry: false });

export const rightsOf = ({ noun, reaches, rights }: Noun): Cell[] =>
  rights.map(({ right, command, grantable }) => ({
    key: right,
    kind: 'rights',
    word: `groups.commands.${command}`,
    noun,
    states: ['none', ...reaches],
    grantable: grantable ?? 'none',
  }));

export const fieldsOf = ({ noun, fields }: Noun): Cell[] =>
  fields.map(({ key, name, levels, grantable }) => ({ key, kind: 'fields', word: `groups.guarded.${name}`, noun, states: levels, grantable }));

export const stateOf = (grants: Grants, cell: Cell): State => grants[cell.kind][cell.key] ?? cell.states[0]!;

/** What was granted already may stay; beyond that, as far as the grantor goes. */
export function allowed(cell: Cell, before: Grants): State[] {
  const most = Math.max(cell.states.indexOf(cell.grantable), cell.states.indexOf(stateOf(before, cell)));
  return cell.states.slice(0, most + 1);
}

export function granted(grants: Grants, cell: Cell, state: State): Grants {
  const { [cell.key]: _, ...others } = grants[cell.kind];
  const more = state === cell.states[0] ? {} : { [cell.key]: state };
  return { ...grants, [cell.kind]: { ...others, ...more } };
}

/** All of them to this state, or as near to it as is allowed. */
export function grantedAll(grants: Grants, cells: Cell[], state: State, before: Grants): Grants {
  return cells.reduce((now, cell) => granted(now, cell, nearest(cell, state, allowed(cell, before))), grants);
}

function nearest(cell: Cell, state: State, open: State[]): State {
  const wanted = cell.states.includes(state) ? cell.states.indexOf(state) : ORDER.indexOf(state);
  return open[Math.min(wanted, open.length - 1)]!;
}

const ORDER: State[] = ['none', 'own', 'all'];

/** What another has, as far as it is allowed, and how many of its grants that leaves out. */
export function copied(nouns: Noun[], from: Grants, before: Grants): { grants: Grants; left: number } {
  const cells = nouns.flatMap((noun) => [...rightsOf(noun), ...fieldsOf(noun)]);
  const grants = cells.reduce((now, cell) => granted(now, cell, nearest(cell, stateOf(from, cell), allowed(cell, before))), NOTHING);
  return { grants, left: cells.filter((cell) => stateOf(grants, cell) !== stateOf(from, cell)).length };
}

/** Those that differ, whichever way they were written. */
export const isSame = (one: Grants, other: Grants): boolean => flat(one) === flat(other);

const flat = ({ rights, fields }: Grants): string =>
  JSON.stringify([rights, fields].map((each) => Object.entries(each).filter(([, state]) => state !== 'hidden').sort()));
