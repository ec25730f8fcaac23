/** What the server told since the screen was read: pages are read anew at once, lists when somebody wants it. */
import { useQueryClient } from '@tanstack/react-query';
import { createContext, useContext, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { EVERYTHING, type LiveState, type News, startLive } from './live';

const BATCH_MS = 300;

/** Ids that changed, by resource. */
class Unread {
  private ids = new Map<string, Set<string>>();
  private listeners = new Set<() => void>();

  add({ resource, id }: News): void {
    this.ids.set(resource, new Set([...(this.ids.get(resource) ?? []), id]));
    this.tell();
  }

  clear(resource: string): void {
    if (this.ids.delete(resource)) this.tell();
  }

  count = (resource: string): number => this.ids.get(resource)?.size ?? 0;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  private tell(): void {
    for (const listener of this.listeners) listener();
  }
}

const unread = new Unread();

const LiveContext = createContext<LiveState>('live');
export const LiveProvider = LiveContext.Provider;
export const useLiveState = (): LiveState => useContext(LiveContext);

export const useUnread = (resource: string): number => useSyncExternalStore(unread.subscribe, () => unread.count(resource));
export const clearUnread = (resource: string): void => unread.clear(resource);

/** Listens for as long as the pages are open. */
export function useLive(): LiveState {
  const client = useQueryClient();
  const [state, setState] = useState<LiveState>('live');
  const waiting = useRef(new Map<string, News>());
  useEffect(() => {
    let timer: number | undefined;
    const readAnew = (): void => {
      timer = undefined;
      for (const { resource, id } of waiting.current.values()) {
        void client.invalidateQueries({ queryKey: [resource, 'getOne', { id }] });
        void client.invalidateQueries({ queryKey: [resource, id] });
        void client.invalidateQueries({ queryKey: [resource, 'getList'], refetchType: 'none' });
      }
      waiting.current.clear();
    };
    const on = (news: News): void => {
      if (news.resource === EVERYTHING) return void client.invalidateQueries();
      unread.add(news);
      waiting.current.set(`${news.resource} ${news.id}`, news);
      timer ??= window.setTimeout(readAnew, BATCH_MS);
    };
    const stop = startLive(on, setState);
    return () => {
      window.clearTimeout(timer);
      stop();
    };
  }, [client]);
  return state;
}
