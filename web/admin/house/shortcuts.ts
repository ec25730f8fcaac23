/** Keys: one list for what they do and for the sheet that tells about them. Never single letters inside of inputs. */
import { useEffect, useRef } from 'react';
import { useNavigate } from 'react-router-dom';
import { SCREENS } from '../screens';
import { may, useMe } from './me';

export type Opened = 'palette' | 'shortcuts' | null;

export interface Shortcut {
  keys: string;
  /** Key of its word. */
  word: string;
}

const SECOND_KEY_MS = 1_200;

/** Where the keys `g` and another letter lead. */
export function useJumps(): { key: string; name: string }[] {
  const me = useMe();
  return SCREENS.flatMap(({ key, name, right }) => (key && may(me, right) ? [{ key, name }] : []));
}

export const FIXED: Shortcut[] = [
  { keys: 'Ctrl+K', word: 'house.shortcuts.palette' },
  { keys: '?', word: 'house.shortcuts.sheet' },
  { keys: '/', word: 'house.shortcuts.search' },
  { keys: 'j', word: 'house.shortcuts.next_row' },
  { keys: 'k', word: 'house.shortcuts.previous_row' },
  { keys: 'Esc', word: 'house.shortcuts.close' },
];

export function useShortcuts(open: (opened: Opened) => void): void {
  const navigate = useNavigate();
  const jumps = useJumps();
  const wentAt = useRef(0);
  useEffect(() => {
    const acts: Record<string, () => void> = {
      '?': () => open('shortcuts'),
      '/': () => document.querySelector<HTMLElement>('[data-search]')?.focus(),
      j: () => stepRow(1),
      k: () => stepRow(-1),
      g: () => {
        wentAt.current = Date.now();
      },
    };
    const jump = (key: string): boolean => {
      const found = Date.now() - wentAt.current < SECOND_KEY_MS && jumps.find((each) => each.key === key);
      wentAt.current = 0;
      if (found) void navigate(`/${found.name}`);
      return !!found;
    };
    const on = (event: KeyboardEvent): void => {
      if ((event.ctrlKey || event.metaKey) && event.code === 'KeyK') {
        event.preventDefault();
        open('palette');
      } else if (isPlain(event) && !jump(event.key) && acts[event.key]) {
        event.preventDefault();
        acts[event.key]?.();
      }
    };
    const palette = (): void => open('palette');
    addEventListener('keydown', on);
    addEventListener('backoffice:palette', palette);
    return () => {
      removeEventListener('keydown', on);
      removeEventListener('backoffice:palette', palette);
    };
  }, [jumps, navigate, open]);
}

/** Outside of inputs and dialogs, without modifiers. */
function isPlain(event: KeyboardEvent): boolean {
  const target = event.target instanceof HTMLElement ? event.target : document.body;
  const isTyping = target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName);
  return !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey && !target.closest('[role=dialog],[role=menu],[role=listbox]');
}

function stepRow(by: 1 | -1): void {
  const rows = [...document.querySelectorAll<HTMLElement>('[data-row-link]')];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  rows[at === -1 ? 0 : Math.min(Math.max(at + by, 0), rows.length - 1)]?.focus();
}

export const showShortcuts = (): boolean => dispatchEvent(new KeyboardEvent('keydown', { key: '?' }));
