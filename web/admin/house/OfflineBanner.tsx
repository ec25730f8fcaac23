/** Says so while nothing new can be told: the network is gone, or the stream of news is. */
import Alert from '@mui/material/Alert';
import { useEffect, useState, useSyncExternalStore } from 'react';
import { useTranslate } from 'react-admin';
import type { LiveState } from './live';

const PATIENCE_MS = 5_000; // a stream that comes back at once is not worth a word

function subscribe(listener: () => void): () => void {
  addEventListener('online', listener);
  addEventListener('offline', listener);
  return () => {
    removeEventListener('online', listener);
    removeEventListener('offline', listener);
  };
}

export function OfflineBanner({ live }: { live: LiveState }) {
  const translate = useTranslate();
  const isOnline = useSyncExternalStore(subscribe, () => navigator.onLine);
  const [isPaused, setPaused] = useState(false);
  useEffect(() => {
    const timer = window.setTimeout(() => setPaused(live === 'paused'), live === 'paused' ? PATIENCE_MS : 0);
    return () => window.clearTimeout(timer);
  }, [live]);
  if (isOnline && !isPaused) return null;
  return (
    <Alert severity="warning" role="status" sx={{ borderRadius: 0, py: 0 }}>
      {translate(isOnline ? 'house.live_paused' : 'house.offline')}
    </Alert>
  );
}
