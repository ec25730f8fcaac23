/** Saves a thing whole, whether new or known; and tells when somebody else was first. */
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import { Problem, ask } from './http';

interface Ways<Thing> {
  /** Where new ones are made: `/attributes`; known ones are below it, at their id. */
  path: string;
  known: { id: number } | undefined;
  /** The word that says it is done. */
  told: string;
  onSaved: (saved: Thing) => void | Promise<void>;
}

export interface Saving<Thing> {
  /** `part` of a known thing that has an address of its own: `/translations`. */
  save: (body: object, part?: string) => void;
  isPending: boolean;
  error: Error | null;
  /** What somebody else has saved meanwhile. */
  theirs: Thing | null;
  settle: () => void;
}

export function useSaving<Thing>({ path, known, told, onSaved }: Ways<Thing>): Saving<Thing> {
  const translate = useTranslate();
  const notify = useNotify();
  const [theirs, setTheirs] = useState<Thing | null>(null);
  const one = known && `${path}/${known.id}`;
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: ({ body, part }: { body: object; part: string }) => (one ? ask<Thing>('PUT', one + part, body) : ask<Thing>('POST', path, body)),
    onSuccess: async (saved) => {
      notify(translate(told), { type: 'success' });
      await onSaved(saved);
    },
    onError: async (problem) => {
      if (one && problem instanceof Problem && problem.code === 'ChangedMeanwhile') setTheirs(await ask<Thing>('GET', one));
    },
  });
  const settle = (): void => {
    setTheirs(null);
    reset();
  };
  const save = (body: object, part = ''): void => {
    settle();
    mutate({ body, part });
  };
  return { save, isPending, error, theirs, settle };
}
