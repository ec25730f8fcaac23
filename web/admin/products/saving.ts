/** Saves the window: all of it or, by translators, the texts; and tells when somebody else was first. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify, useTranslate } from 'react-admin';
import { Problem, ask } from '../house/http';
import { LANGUAGES } from '../house/i18n';
import { useLevel, useMay } from '../house/me';
import { useReadAnew } from './acts';
import { type Card, type Draft, type Writable, bodyOf, translationBodyOf } from './draft';

export type Mode = 'edit' | 'translate' | 'read';

export function useMode(isNew: boolean): Mode {
  const mayCreate = useMay('product.create');
  const mayEdit = useMay('product.edit');
  const mayTranslate = useMay('product.translate');
  if (isNew) return mayCreate ? 'edit' : 'read';
  return mayEdit ? 'edit' : mayTranslate ? 'translate' : 'read';
}

export function useWritable(): Writable {
  return { price: useLevel('product.price') === 'write', tax_class: useLevel('product.tax_class') === 'write' };
}

export interface Saving {
  save: (draft: Draft) => void;
  isPending: boolean;
  error: Error | null;
  /** What somebody else has saved meanwhile. */
  theirs: Card | null;
  settle: () => void;
}

const CODES = LANGUAGES.map(({ locale }) => locale);

export function useSaving(card: Card | undefined, mode: Mode, onSaved: (saved: Card) => void): Saving {
  const translate = useTranslate();
  const notify = useNotify();
  const client = useQueryClient();
  const readAnew = useReadAnew();
  const writable = useWritable();
  const [theirs, setTheirs] = useState<Card | null>(null);
  const send = (draft: Draft): Promise<Card> => {
    if (!card) return ask<Card>('POST', '/product-cards', bodyOf(draft, writable));
    if (mode === 'translate') return ask<Card>('PUT', `/product-cards/${card.id}/translations`, translationBodyOf(draft, CODES));
    return ask<Card>('PUT', `/product-cards/${card.id}`, bodyOf(draft, writable));
  };
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: send,
    onSuccess: async (saved) => {
      client.setQueryData(['products', String(saved.id), 'card'], saved);
      notify(translate('products.saved'), { type: 'success' });
      onSaved(saved);
      await readAnew();
    },
    onError: async (problem) => {
      if (card && problem instanceof Problem && problem.code === 'ChangedMeanwhile') setTheirs(await ask<Card>('GET', `/product-cards/${card.id}`));
    },
  });
  const settle = (): void => {
    setTheirs(null);
    reset();
  };
  return { save: mutate, isPending, error, theirs, settle };
}
