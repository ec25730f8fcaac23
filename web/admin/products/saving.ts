/** Saves the window: all of it or, by translators, the texts; and tells when somebody else was first. */
import { useQueryClient } from '@tanstack/react-query';
import { LANGUAGES } from '../house/i18n';
import { useLevel, useMay } from '../house/me';
import { type Saving, useSaving } from '../house/saving';
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

const CODES = LANGUAGES.map(({ locale }) => locale);

export function useCardSaving(card: Card | undefined, mode: Mode, onSaved: (saved: Card) => void): Omit<Saving<Card>, 'save'> & { save: (draft: Draft) => void } {
  const client = useQueryClient();
  const readAnew = useReadAnew();
  const writable = useWritable();
  const saving = useSaving<Card>({
    path: '/product-cards',
    known: card,
    told: 'products.saved',
    onSaved: (saved) => {
      client.setQueryData(['products', String(saved.id), 'card'], saved);
      onSaved(saved);
      return readAnew();
    },
  });
  const save = (draft: Draft): void =>
    mode === 'translate' ? saving.save(translationBodyOf(draft, CODES), '/translations') : saving.save(bodyOf(draft, writable));
  return { ...saving, save };
}
