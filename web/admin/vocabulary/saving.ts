/** Saves a name; and tells when somebody else was first. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import { Problem, ask } from '../house/http';
import type { Named } from '../products/choices';
import type { Resource } from './NamedList';

export interface Draft {
  name: string;
  attribute_ids: number[];
}

export interface Saving {
  save: (draft: Draft, version?: number) => void;
  isPending: boolean;
  error: Error | null;
  /** What somebody else has saved meanwhile. */
  theirs: Named | null;
  settle: () => void;
}

/** Suppliers and brands have nothing but a name. */
const bodyOf = (resource: Resource, { name, attribute_ids }: Draft): object => (resource === 'product-classes' ? { name, attribute_ids } : { name });

export function useSaving(resource: Resource, row: Named | undefined, onDone: () => void): Saving {
  const translate = useTranslate();
  const notify = useNotify();
  const client = useQueryClient();
  const [theirs, setTheirs] = useState<Named | null>(null);
  const send = (body: object): Promise<Named> => (row ? ask<Named>('PUT', `/${resource}/${row.id}`, body) : ask<Named>('POST', `/${resource}`, body));
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: send,
    onSuccess: async () => {
      notify(translate('vocabulary.saved'), { type: 'success' });
      onDone();
      await client.invalidateQueries({ queryKey: [resource] });
    },
    onError: async (problem) => {
      if (row && problem instanceof Problem && problem.code === 'ChangedMeanwhile') setTheirs(await ask<Named>('GET', `/${resource}/${row.id}`));
    },
  });
  const settle = (): void => {
    setTheirs(null);
    reset();
  };
  const save = (draft: Draft, version?: number): void => {
    settle();
    mutate({ ...bodyOf(resource, draft), ...(version ? { version } : {}) });
  };
  return { save, isPending, error, theirs, settle };
}
