/** What is being edited: as it was read until it is changed, then as it was changed, until it is saved. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { flushSync } from 'react-dom';
import { useNotify, useTranslate } from 'react-admin';
import { Problem } from '../house/http';

export interface Versioned {
  version: number;
}

export interface Draft<T extends Versioned> {
  value: T;
  isDirty: boolean;
  isPending: boolean;
  error: unknown;
  /** What somebody else saved first. */
  theirs: T | null;
  change: (part: Partial<T>) => void;
  save: () => void;
  discard: () => void;
  keepMine: () => void;
  closeConflict: () => void;
  errorOf: (field: string) => string | undefined;
}

export interface Reading<T extends Versioned> {
  draft: Draft<T> | null;
  error: unknown;
  retry: () => void;
}

interface Source<T extends Versioned> {
  name: string[];
  /** Left out for something new. */
  read?: () => Promise<T>;
  initial?: T;
  write: (value: T) => Promise<T>;
  onSaved?: (saved: T) => void;
}

export function useDraft<T extends Versioned>({ name, read, initial, write, onSaved }: Source<T>): Reading<T> {
  const client = useQueryClient();
  const notify = useNotify();
  const translate = useTranslate();
  const key = ['settings', ...name];
  const { data = initial, error, refetch } = useQuery({ queryKey: key, queryFn: () => read!(), enabled: !!read, retry: false });
  const [mine, setMine] = useState<T | null>(null);
  const [theirs, setTheirs] = useState<T | null>(null);
  const saving = useMutation({
    mutationFn: write,
    onSuccess: (saved) => {
      if (read) client.setQueryData(key, saved);
      flushSync(() => setMine(null)); // nothing is unsaved when the page is left next
      void client.invalidateQueries({ queryKey: ['settings'] });
      notify(translate('settings.saved'), { type: 'success' });
      onSaved?.(saved);
    },
    onError: async (refused) => {
      if (refused instanceof Problem && refused.code === 'ChangedMeanwhile' && read) setTheirs(await read());
    },
  });
  if (!data) return { draft: null, error, retry: () => void refetch() };
  const value = mine ?? data;
  const draft: Draft<T> = {
    value,
    isDirty: mine !== null && JSON.stringify(mine) !== JSON.stringify(data),
    isPending: saving.isPending,
    error: theirs ? null : saving.error,
    theirs,
    change: (part) => setMine((now) => ({ ...(now ?? data), ...part })),
    save: () => saving.mutate(value),
    discard: () => {
      setMine(null);
      setTheirs(null);
      saving.reset();
      void client.invalidateQueries({ queryKey: key });
    },
    keepMine: () => {
      setTheirs(null);
      saving.mutate({ ...value, version: theirs!.version });
    },
    closeConflict: () => setTheirs(null),
    errorOf: (field) => (saving.error instanceof Problem ? saving.error.body.errors[field] : undefined),
  };
  return { draft, error: null, retry: () => void refetch() };
}
