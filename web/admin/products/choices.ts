/** What products are sorted by: read once, and shown in the chosen language. */
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useLocaleState } from 'react-admin';
import { type Schemas, ask } from '../house/http';

export type Category = Schemas['CategoryRow'];
export type Attribute = Schemas['AttributeRead'];
export type Named = Schemas['NamedRow'];
export type CardChoices = Schemas['CardChoices'];

interface Rows<Row> {
  rows: Row[];
}

const FRESH_MS = 30_000;

export function useRows<Row>(resource: string, isWanted = true): UseQueryResult<Row[]> {
  return useQuery({
    queryKey: [resource, 'getList', 'every'],
    queryFn: async () => (await ask<Rows<Row>>('GET', `/${resource}`)).rows,
    staleTime: FRESH_MS,
    retry: false,
    enabled: isWanted,
  });
}

export const useCardChoices = (): UseQueryResult<CardChoices> =>
  useQuery({ queryKey: ['product-cards', 'choices'], queryFn: () => ask<CardChoices>('GET', '/product-cards/choices'), staleTime: FRESH_MS, retry: false });

export interface Choice {
  id: number;
  name: string;
  /** Of a tree: how far below the root. */
  depth?: number;
  group?: string;
}

/** In the chosen language, else in any there is. */
export const named = (names: Record<string, string>, locale: string): string => names[locale] ?? names['en'] ?? Object.values(names)[0] ?? '';

export const useNamed = (): ((names: Record<string, string>) => string) => {
  const [locale] = useLocaleState();
  return (names) => named(names, locale);
};

export interface Branch {
  category: Category;
  depth: number;
}

/** The tree as it is read from top to bottom. */
export function flattened(categories: Category[], parent: number | null = null, depth = 0): Branch[] {
  return categories
    .filter(({ parent_id }) => parent_id === parent)
    .flatMap((category) => [{ category, depth }, ...flattened(categories, category.id, depth + 1)]);
}

export function useCategoryChoices(): Choice[] {
  const { data = [] } = useRows<Category>('categories');
  const name = useNamed();
  return flattened(data).map(({ category, depth }) => ({ id: category.id, name: name(category.names), depth }));
}

export function useNamedChoices(resource: 'brands' | 'suppliers' | 'product-classes'): Choice[] {
  return useRows<Named>(resource).data ?? [];
}

export function useValueChoices(): Choice[] {
  const { data = [] } = useRows<Attribute>('attributes');
  const name = useNamed();
  return data.flatMap((attribute) => attribute.values.map((value) => ({ id: value.id, name: name(value.names), group: name(attribute.names) })));
}
