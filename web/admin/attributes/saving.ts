/** Saves an attribute with its values; and tells when somebody else was first. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import { Problem, ask } from '../house/http';
import type { Attribute } from '../products/choices';
import { type Draft, bodyOf } from './draft';

export interface Saving {
  save: (draft: Draft, version?: number) => void;
  isPending: boolean;
  error: Error | null;
  /** What somebody else has saved meanwhile. */
  theirs: Attribute | null;
  settle: () => void;
}

export function useSaving(attribute: Attribute | undefined, onSaved: (saved: Attribute) => void): Saving {
  const translate = useTranslate();
  const notify = useNotify();
  const client = useQueryClient();
  const [theirs, setTheirs] = useState<Attribute | null>(null);
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: (body: object) => (attribute ? ask<Attribute>('PUT', `/attributes/${attribute.id}`, body) : ask<Attribute>('POST', '/attributes', body)),
    onSuccess: async (saved) => {
      notify(translate('attributes.saved'), { type: 'success' });
      onSaved(saved);
      await client.invalidateQueries({ queryKey: ['attributes'] });
    },
    onError: async (problem) => {
      if (attribute && problem instanceof Problem && problem.code === 'ChangedMeanwhile') setTheirs(await ask<Attribute>('GET', `/attributes/${attribute.id}`));
    },
  });
  const settle = (): void => {
    setTheirs(null);
    reset();
  };
  const save = (draft: Draft, version?: number): void => {
    settle();
    mutate({ ...bodyOf(draft), ...(version ? { version } : {}) });
  };
  return { save, isPending, error, theirs, settle };
}
