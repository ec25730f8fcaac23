/** News from the server: one stream for all tabs of a browser, read by the tab that holds the lock. */
import { loadMe } from './me';

export interface News {
  resource: string;
  id: string;
  seq: number;
}

/** More has changed than is told one by one. */
export const EVERYTHING = '*';

export type LiveState = 'live' | 'paused';

const RETRY_MS = 30_000;

/** Calls `on` for each change anywhere, `tell` when the stream breaks off or comes back; returns how to stop. */
export function startLive(on: (news: News) => void, tell: (state: LiveState) => void): () => void {
  if (!('locks' in navigator)) return open(on, tell); // plain http on a LAN: one stream per tab
  const bus = new BroadcastChannel('backoffice-live');
  bus.onmessage = ({ data }: MessageEvent<News | LiveState>) => (typeof data === 'string' ? tell(data) : on(data));
  const stop = new AbortController();
  let close = (): void => {};
  const both = <T>(own: (value: T) => void) => (value: T): void => {
    own(value);
    bus.postMessage(value);
  };
  const lead = (): Promise<void> => new Promise((done) => {
    const end = open(both(on), both(tell));
    close = () => {
      end();
      done();
    };
  });
  navigator.locks.request('backoffice-live', { signal: stop.signal }, lead).catch(() => undefined);
  return () => {
    stop.abort();
    close();
    bus.close();
  };
}

/** The browser comes back by itself after a broken line, not after a refusal: then one has to ask who one is. */
function open(on: (news: News) => void, tell: (state: LiveState) => void): () => void {
  let source: EventSource;
  let timer: number | undefined;
  const connect = (): void => {
    source = new EventSource('/api/events');
    source.onopen = () => tell('live');
    source.onmessage = ({ data }: MessageEvent<string>) => on(JSON.parse(data) as News);
    source.addEventListener('reload', () => on({ resource: EVERYTHING, id: '', seq: 0 }));
    source.onerror = () => {
      tell('paused');
      if (source.readyState === EventSource.CLOSED) void refused();
    };
  };
  const refused = async (): Promise<void> => {
    if ((await loadMe().catch(() => undefined)) === null) location.reload();
    timer = window.setTimeout(connect, RETRY_MS);
  };
  connect();
  return () => {
    window.clearTimeout(timer);
    source.close();
  };
}
