/** Mine and theirs as people read them. */
import { useLocaleState, useTranslate } from 'react-admin';
import { type Category, type Named, useRows } from './choices';
import { type Draft, inWords } from './draft';

export function useInWords(): (draft: Draft) => Record<string, string> {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const { data: categories = [] } = useRows<Category>('categories');
  const { data: brands = [] } = useRows<Named>('brands');
  const { data: suppliers = [] } = useRows<Named>('suppliers');
  const { data: classes = [] } = useRows<Named>('product-classes');
  const words = { locale, categories, brands, suppliers, classes, yes: translate('ra.boolean.true'), no: translate('ra.boolean.false') };
  return (draft) => inWords(draft, words);
}
