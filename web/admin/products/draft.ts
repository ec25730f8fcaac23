/** What one types in a product's window, until all of it is saved at once. */
import type { Language } from '../house/i18n';
import type { Schemas } from '../house/http';
import { type Category, type Named, named } from './choices';

export type Card = Schemas['CardRead'];
export type CardValue = Schemas['ValueRead'];
export type Text = { name: string; description: string };
/** What a picture shows, by language. */
export type ImageText = Record<string, string>;
type CardEdit = Schemas['CardEdit'];

export interface DraftVariant {
  /** For the page only: what tells rows apart before they are saved. */
  key: string;
  id: number | null;
  sku: string;
  name: string;
  price: number | null;
  currency: string;
  weight_g: number;
  may_backorder: boolean;
  is_active: boolean;
  value_ids: number[];
  may_be_deleted: boolean;
}

export interface Draft {
  version: number | null;
  language: Language;
  /** Of the product's own language, and of the others it is translated to. */
  texts: Partial<Record<Language, Text>>;
  tax_class: string | null;
  is_service: boolean;
  is_published: boolean;
  brand_id: number | null;
  supplier_id: number | null;
  class_id: number | null;
  category_ids: number[];
  value_ids: number[];
  image_ids: string[];
  image_texts: Record<string, ImageText>;
  variants: DraftVariant[];
}

export const newVariant = (currency: string): DraftVariant => ({
  key: crypto.randomUUID(),
  id: null,
  sku: '',
  name: '',
  price: null,
  currency,
  weight_g: 0,
  may_backorder: false,
  is_active: true,
  value_ids: [],
  may_be_deleted: true,
});

export const emptyDraft = (language: Language, currency: string): Draft => ({
  version: null,
  language,
  texts: { [language]: { name: '', description: '' } },
  tax_class: null,
  is_service: false,
  is_published: false,
  brand_id: null,
  supplier_id: null,
  class_id: null,
  category_ids: [],
  value_ids: [],
  image_ids: [],
  image_texts: {},
  variants: [newVariant(currency)],
});

export function draftOf(card: Card): Draft {
  const language = card.language as Language;
  return {
    version: card.version,
    language,
    texts: { ...card.translations, [language]: { name: card.name, description: card.description } },
    tax_class: card.tax_class ?? null,
    is_service: card.is_service,
    is_published: card.is_published,
    brand_id: card.brand_id,
    supplier_id: card.supplier_id,
    class_id: card.class_id,
    category_ids: card.categories.filter(({ by_rule }) => !by_rule).map(({ id }) => id),
    value_ids: card.values.map(({ id }) => id),
    image_ids: card.images.map(({ id }) => id),
    image_texts: Object.fromEntries(card.images.map(({ id, texts }) => [id, texts])),
    variants: card.variants.map(variantOf),
  };
}

const variantOf = ({ id, sku, name, price, currency, weight_g, may_backorder, is_active, may_be_deleted, values }: Card['variants'][number]): DraftVariant => ({
  key: String(id),
  id,
  sku,
  name,
  price: price ?? null,
  currency,
  weight_g,
  may_backorder,
  is_active,
  may_be_deleted,
  value_ids: values.map((value) => value.id),
});

export interface Writable {
  price: boolean;
  tax_class: boolean;
}

/** What is saved; what one may not change is not sent, and stays. */
export function bodyOf(draft: Draft, writable: Writable): Omit<CardEdit, 'version'> & { version?: number } {
  const { version, texts, tax_class, variants, ...plain } = draft;
  const own = texts[draft.language] ?? { name: '', description: '' };
  return {
    ...plain,
    ...own,
    image_texts: imageTextsOf(draft),
    ...(version === null ? {} : { version }),
    ...(writable.tax_class && tax_class !== null ? { tax_class } : {}),
    translations: translationsOf(draft),
    variants: variants.map(({ key: _, may_be_deleted: __, price, currency, ...variant }) => ({
      ...variant,
      ...(writable.price && price !== null ? { price, currency } : {}),
    })),
  };
}

/** Of the pictures that are still there. */
const imageTextsOf = ({ image_ids, image_texts }: Draft): Record<string, ImageText> => Object.fromEntries(image_ids.map((id) => [id, image_texts[id] ?? {}]));

export const translationsOf = ({ texts, language }: Draft): Record<string, Text> =>
  Object.fromEntries(Object.entries(texts).filter(([code, text]) => code !== language && text.name.trim() !== ''));

/** Empty takes a text away. */
const inAll = (text: ImageText, languages: readonly Language[]): ImageText => Object.fromEntries(languages.map((code) => [code, text[code] ?? '']));

/** For translators: every language but the product's own; null takes a translation away. */
export function translationBodyOf(draft: Draft, languages: readonly Language[]): Schemas['Translations'] {
  const translations = translationsOf(draft);
  const others = languages.filter((code) => code !== draft.language);
  return { version: draft.version ?? 1, texts: Object.fromEntries(others.map((code) => [code, translations[code] ?? null])), image_texts: Object.fromEntries(draft.image_ids.map((id) => [id, inAll(draft.image_texts[id] ?? {}, languages)])) };
}

/** Where it cannot be saved yet: `name`, `sku 0`, `price 0`. The server looks at the rest. */
export function gapsOf(draft: Draft, writable: Writable): Set<string> {
  const gaps = new Set<string>();
  if (!draft.texts[draft.language]?.name.trim()) gaps.add('name');
  if (!draft.variants.length) gaps.add('variants');
  draft.variants.forEach(({ sku, price, id }, at) => {
    if (!sku.trim() || draft.variants.some((other, place) => place !== at && other.sku === sku)) gaps.add(`sku ${at}`);
    if (writable.price && price === null) gaps.add(`price ${at}`);
    if (!writable.price && id === null) gaps.add(`price ${at}`);
  });
  return gaps;
}

interface Lookups {
  locale: string;
  categories: Category[];
  brands: Named[];
  suppliers: Named[];
  classes: Named[];
  yes: string;
  no: string;
}

/** The same in words, to be held against what somebody else has saved. */
export function inWords(draft: Draft, { locale, categories, brands, suppliers, classes, yes, no }: Lookups): Record<string, string> {
  const of = (rows: Named[], id: number | null): string => rows.find((row) => row.id === id)?.name ?? '';
  const texts = Object.entries(draft.texts).flatMap(([code, { name, description }]) => [
    [`name_${code}`, name],
    [`description_${code}`, description.length > 120 ? `${description.slice(0, 120)}…` : description],
  ]);
  return {
    ...Object.fromEntries(texts),
    brand: of(brands, draft.brand_id),
    supplier: of(suppliers, draft.supplier_id),
    product_class: of(classes, draft.class_id),
    tax_class: draft.tax_class ?? '',
    is_published: draft.is_published ? yes : no,
    is_service: draft.is_service ? yes : no,
    categories: categories.filter(({ id }) => draft.category_ids.includes(id)).map(({ names }) => named(names, locale)).join(', '),
    pictures: [draft.image_ids.length, ...Object.values(imageTextsOf(draft)).flatMap((text) => Object.values(text))].join(' · '),
    variants: draft.variants.map(({ sku, price, currency, weight_g }) => `${sku} ${price === null ? '' : price / 100} ${price === null ? '' : currency} ${weight_g} g`).join('; '),
  };
}
