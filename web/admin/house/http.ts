/** Every request to the API: who asks is in a cookie, refusals become `Problem`s. */
import createClient from 'openapi-fetch';
import type { components, paths } from '../../api';

export type Schemas = components['schemas'];
export type Query = Record<string, string | number | boolean | readonly (string | number)[] | null | undefined>;

const SAFE = new Set(['GET', 'HEAD']);
const TIMEOUT_MS = 40_000; // the API answers a command within 30 s, done or accepted
let csrfToken: string | null = null;

export const keepCsrfToken = (token: string | null): void => {
  csrfToken = token;
};

/** What went wrong. `code` is stable and has a sentence in every language; `message` is the server's. */
export class Problem extends Error {
  /** Where forms of react-admin look for what to show beside their fields. */
  readonly body: { errors: Record<string, string> };

  constructor(
    readonly code: string,
    message: string,
    readonly status: number,
    errors: Record<string, string> = {},
    readonly retryAfterS?: number,
  ) {
    super(message);
    this.body = { errors };
  }
}

/** The answer, or a Problem. `path` begins after `/api`. */
export async function ask<T>(method: string, path: string, body?: unknown, query?: Query): Promise<T> {
  const response = await send(new Request(address(path, query), { method, body: packed(body) }));
  const text = await response.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

/** The same, typed by the API's description: paths, bodies and answers. */
export const api = createClient<paths>({ baseUrl: location.origin, fetch: send });

export const address = (path: string, query: Query = {}): string => {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    const many = Array.isArray(value) ? value : [value];
    for (const one of many) if (one !== undefined && one !== null && one !== '') search.append(name, String(one));
  }
  const asked = search.toString();
  return `${location.origin}/api${path}${asked && `?${asked}`}`;
};

async function send(request: Request): Promise<Response> {
  const headers = new Headers(request.headers);
  headers.set('Accept', 'application/json');
  if (!SAFE.has(request.method)) headers.set('X-CSRF-Token', csrfToken ?? '');
  if (request.body && !headers.get('Content-Type')?.includes('json') && !isForm(headers)) headers.set('Content-Type', 'application/json');
  const response = await reach(new Request(request, { headers }));
  if (!response.ok) throw await problemOf(response);
  return response;
}

async function reach(request: Request): Promise<Response> {
  try {
    return await fetch(request, { signal: AbortSignal.any([request.signal, AbortSignal.timeout(TIMEOUT_MS)]) });
  } catch (error) {
    if (request.signal.aborted) throw error;
    throw new Problem('Offline', 'The server cannot be reached.', 0);
  }
}

async function problemOf(response: Response): Promise<Problem> {
  const told = (await response.json().catch(() => ({}))) as Partial<Told>;
  const retryAfter = Number(response.headers.get('Retry-After')) || undefined;
  if (response.status === 422 && told.detail) {
    return new Problem('NotUnderstood', told.detail.map(({ msg }) => said(msg)).join('; '), 422, byField(told.detail));
  }
  return new Problem(told.code ?? `Http${response.status}`, told.message ?? response.statusText, response.status, {}, retryAfter);
}

interface Told {
  code: string;
  message: string;
  detail: { loc: (string | number)[]; msg: string }[];
}

/** `body.address.city` is the form's field `address.city`. */
const byField = (detail: Told['detail']): Record<string, string> =>
  Object.fromEntries(detail.map(({ loc, msg }) => [loc.slice(1).join('.'), said(msg)]));

/** Our own words, without what the library puts before them. */
const said = (msg: string): string => msg.replace(/^Value error, /, '');

const isForm = (headers: Headers): boolean => !!headers.get('Content-Type')?.startsWith('multipart/');

const packed = (body: unknown): BodyInit | undefined =>
  body === undefined || body instanceof FormData ? body : JSON.stringify(body);
