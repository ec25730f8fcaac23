/** Parts of the pages that are fetched when they are shown, or a moment before. */
import { type ComponentType, lazy as lazyOf } from 'react';

export type Lazy = ComponentType & { fetch: () => Promise<unknown> };

interface Part {
  default: ComponentType;
}

export function lazy(load: () => Promise<Part>): Lazy {
  let part: Part | undefined;
  const fetch = async (): Promise<Part> => (part = await load());
  // A promise, even a kept one, would make React show that it waits, and that for 300 ms at least.
  const atOnce = { then: (take: (part: Part) => void) => take(part!) } as PromiseLike<Part>;
  return Object.assign(lazyOf(() => (part ? atOnce : fetch()) as Promise<Part>), { fetch });
}
