/** A product's window: everything about it on one sheet, saved by one act. */
import Dialog from '@mui/material/Dialog';
import Skeleton from '@mui/material/Skeleton';
import { useQuery } from '@tanstack/react-query';
import { useId } from 'react';
import { useLocaleState, useTranslate } from 'react-admin';
import { ProblemNote } from '../house/ProblemNote';
import { ask } from '../house/http';
import { languageOf } from '../house/i18n';
import { useIsNarrow } from '../house/screen';
import { Editor } from './Editor';
import { useCardChoices } from './choices';
import { type Card, draftOf, emptyDraft } from './draft';

interface Props {
  /** null: a new one. */
  id: number | null;
  onClose: () => void;
}

export function ProductWindow({ id, onClose }: Props) {
  const titleId = useId();
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="lg" fullScreen={useIsNarrow()} aria-labelledby={titleId} slotProps={{ paper: { sx: { height: { sm: '92vh' } } } }}>
      {id === null ? <New titleId={titleId} onClose={onClose} /> : <Known id={id} titleId={titleId} onClose={onClose} />}
    </Dialog>
  );
}

function New({ titleId, onClose }: { titleId: string; onClose: () => void }) {
  const [locale] = useLocaleState();
  const { data, error, refetch } = useCardChoices();
  if (!data) return <Waiting titleId={titleId} error={error} onRetry={() => void refetch()} />;
  return <Editor titleId={titleId} start={emptyDraft(languageOf(locale), data.currencies[0] ?? 'EUR')} onClose={onClose} />;
}

function Known({ id, titleId, onClose }: { id: number; titleId: string; onClose: () => void }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['products', String(id), 'card'],
    queryFn: () => ask<Card>('GET', `/product-cards/${id}`),
    retry: false,
  });
  if (!data) return <Waiting titleId={titleId} error={error} onRetry={() => void refetch()} />;
  return <Editor titleId={titleId} card={data} start={draftOf(data)} onClose={onClose} />;
}

function Waiting({ titleId, error, onRetry }: { titleId: string; error: unknown; onRetry: () => void }) {
  const translate = useTranslate();
  return (
    <div style={{ padding: 24 }}>
      <h2 id={titleId} style={{ fontSize: '1rem' }}>
        {translate('products.product')}
      </h2>
      {error ? <ProblemNote error={error} onRetry={onRetry} /> : <Skeleton variant="rounded" height={400} />}
    </div>
  );
}
