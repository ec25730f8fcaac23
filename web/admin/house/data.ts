/** How react-admin reads and writes: our lists are walked by cursor, its pages are numbered.
 *
 * The address keeps the page's number; the cursors behind the numbers are kept here. A page that is
 * opened by its address alone is reached by walking there from the nearest page known. */
import type { DataProvider, GetListParams, Identifier, RaRecord, SortPayload } from 'react-admin';
import { type Query, ask } from './http';

interface Page {
  rows: any[];
  next: string | number | null;
}

export const ROWS = 50;
const MOST_WALKS = 60;
const cursors = new Map<string, (string | number)[]>();

async function list(resource: string, params: GetListParams): Promise<any> {
  const { page = 1, perPage = ROWS } = params.pagination ?? {};
  const query = queryOf(params);
  const known = cursors.get(keyOf(resource, query, perPage)) ?? [];
  cursors.set(keyOf(resource, query, perPage), known);
  const found = await walk(page, known, (after) => ask<Page>('GET', `/${resource}`, undefined, { ...query, limit: perPage, after }));
  return {
    data: found.rows.map((row) => ({ id: IDS[resource]?.(row), ...row })),
    pageInfo: { hasNextPage: found.next !== null, hasPreviousPage: page > 1 },
  };
}

let early: { asked: string; answer: Promise<any> } | undefined;

/** The first rows of a list are on their way while the list itself is put together. */
export function askEarly(resource: string, sort: SortPayload): void {
  const params = { pagination: { page: 1, perPage: ROWS }, sort, filter: {} };
  early = { asked: askedOf(resource, params), answer: list(resource, params) };
  early.answer.catch(() => undefined); // told to whoever asks for them
}

function listOnce(resource: string, params: GetListParams): Promise<any> {
  const answer = early?.asked === askedOf(resource, params) && params.pagination?.page === 1 ? early.answer : list(resource, params);
  early = undefined;
  return answer;
}

const askedOf = (resource: string, params: GetListParams): string => keyOf(resource, queryOf(params), params.pagination?.perPage ?? ROWS);

/** Rows that have no id of their own: by what tells them apart. */
const IDS: Record<string, (row: any) => string> = {
  processes: ({ order_id }) => order_id,
  products: ({ product_id, variant_id }) => `${product_id}-${variant_id}`,
  stock: ({ sku, location, condition }) => `${sku} ${location} ${condition}`,
};

/** `known[n - 2]` is the cursor of page n. */
async function walk(page: number, known: (string | number)[], fetch: (after?: string | number) => Promise<Page>): Promise<Page> {
  const start = Math.min(page, known.length + 1);
  let found: Page = { rows: [], next: null };
  for (let at = start; at <= Math.min(page, start + MOST_WALKS); at++) {
    found = await fetch(known[at - 2]);
    if (found.next === null) return at === page ? found : { rows: [], next: null };
    known[at - 1] = found.next;
  }
  return found;
}

function queryOf({ sort, filter }: GetListParams): Query {
  const sorted = sort?.field && sort.field !== 'id' ? { sort: (sort.order === 'DESC' ? '-' : '') + sort.field } : {};
  return { ...filter, ...sorted };
}

const keyOf = (resource: string, query: Query, perPage: number): string => JSON.stringify([resource, query, perPage]);

const one = async (resource: string, id: Identifier): Promise<any> => ask<RaRecord>('GET', `/${resource}/${encodeURIComponent(id)}`);

/** Only what was changed is sent, with the version it was changed from. */
function changed(data: any, before: any): any {
  const fields = Object.keys(data).filter((name) => JSON.stringify(data[name]) !== JSON.stringify(before?.[name]));
  return Object.fromEntries([...fields.map((name) => [name, data[name]]), ...(before?.version ? [['version', before.version]] : [])]);
}

export const dataProvider: DataProvider = {
  supportAbortSignal: false,
  getList: listOnce,
  getOne: async (resource, { id }) => ({ data: await one(resource, id) }),
  getMany: async (resource, { ids }) => ({ data: await Promise.all(ids.map((id) => one(resource, id))) }),
  getManyReference: (resource, { target, id, ...rest }) =>
    list(resource, { ...rest, filter: { ...rest.filter, [target]: id } }),
  create: async (resource, { data }) => ({ data: await ask<any>('POST', `/${resource}`, data) }),
  update: async (resource, { id, data, previousData }) => ({
    data: await ask<any>('PATCH', `/${resource}/${encodeURIComponent(id)}`, changed(data, previousData)),
  }),
  updateMany: async () => Promise.reject(new Error('Many at once are changed by a bulk operation.')),
  delete: async (resource, { id, previousData }) => {
    await ask('DELETE', `/${resource}/${encodeURIComponent(id)}`);
    return { data: (previousData ?? { id }) as any };
  },
  deleteMany: async (resource, { ids }) => {
    await Promise.all(ids.map((id) => ask('DELETE', `/${resource}/${encodeURIComponent(id)}`)));
    return { data: ids };
  },
};
