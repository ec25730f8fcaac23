/** The window's sheet: sections one below the other, and one button that saves them all. */
import Close from '@mui/icons-material/Close';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import IconButton from '@mui/material/IconButton';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslate } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { Conflict } from '../house/Conflict';
import { Guarded } from '../house/Guarded';
import { Panel } from '../house/Panel';
import { ProblemNote } from '../house/ProblemNote';
import { UnsavedGuard } from '../house/UnsavedGuard';
import { Problem } from '../house/http';
import { Characteristics } from './Characteristics';
import { DeleteButton } from './DeleteButton';
import { Pictures } from './Pictures';
import { Preview } from './Preview';
import { Sorting } from './Sorting';
import { StockLevels } from './StockLevels';
import { Texts } from './Texts';
import { Variants } from './Variants';
import { useInWords } from './conflict';
import { type Card, type Draft, draftOf, gapsOf } from './draft';
import { useCardSaving, useMode, useWritable } from './saving';

export interface SectionProps {
  draft: Draft;
  change: (patch: Partial<Draft>) => void;
  /** Where something is missing, once it was tried to save. */
  gaps: ReadonlySet<string>;
  isReadOnly: boolean;
}

interface Props {
  titleId: string;
  /** None: it is new. */
  card?: Card;
  start: Draft;
  onClose: () => void;
}

const same = (one: Draft, other: Draft): boolean => JSON.stringify(one) === JSON.stringify(other);

export function Editor({ titleId, card, start, onClose }: Props) {
  const translate = useTranslate();
  const navigate = useNavigate();
  const [saved, setSaved] = useState(start);
  const [draft, setDraft] = useState(start);
  const [isTried, setTried] = useState(false);
  const [created, setCreated] = useState<number | null>(null);
  const mode = useMode(!card);
  const writable = useWritable();
  const inWords = useInWords();
  const taken = (next: Card): void => {
    setSaved(draftOf(next));
    setDraft(draftOf(next));
    setTried(false);
    if (!card) setCreated(next.id);
  };
  const { save, isPending, error, theirs, settle } = useCardSaving(card, mode, taken);
  const isDirty = !same(draft, saved);
  const missing = gapsOf(draft, writable);
  const change = (patch: Partial<Draft>): void => setDraft((before) => ({ ...before, ...patch }));
  const trySaving = (): void => {
    setTried(true);
    if (!missing.size) save(draft);
  };
  useEffect(() => {
    if (created !== null) void navigate(`/products/${created}/show`, { replace: true });
  }, [created, navigate]);
  // Changed elsewhere while nothing is typed here: it is shown at once.
  useEffect(() => {
    if (card && !isDirty && card.version !== saved.version) taken(card);
  });
  const section: SectionProps = { draft, change, gaps: isTried ? missing : new Set(), isReadOnly: mode !== 'edit' };
  return (
    <>
      <UnsavedGuard isDirty={isDirty && created === null} />
      <DialogTitle id={titleId} component="h2" sx={{ display: 'flex', alignItems: 'center', gap: 1, py: 1 }}>
        <Box component="span" sx={{ flex: 1, overflowWrap: 'anywhere' }}>
          {draft.texts[draft.language]?.name || translate('products.new')}
        </Box>
        <IconButton aria-label={translate('ra.action.close')} onClick={onClose}>
          <Close />
        </IconButton>
      </DialogTitle>
      <DialogContent
        dividers
        sx={{ bgcolor: 'background.default', p: { xs: 1, sm: 2 } }}
        onKeyDown={(event) => (event.ctrlKey || event.metaKey) && event.key === 'Enter' && isDirty && trySaving()}
      >
        <Sheet section={section} card={card} mode={mode} />
      </DialogContent>
      <Box sx={{ px: 2 }} aria-live="polite">
        {isTried && missing.size > 0 && <ProblemNote error={new Problem('Incomplete', translate('products.incomplete'), 0)} />}
        {!theirs && <ProblemNote error={error} />}
        <FieldErrors error={error} />
      </Box>
      <DialogActions>
        {card && <DeleteButton card={card} onDone={onClose} />}
        <Box sx={{ flex: 1 }} />
        <Button onClick={onClose}>{translate(mode === 'read' ? 'ra.action.close' : 'ra.action.cancel')}</Button>
        {mode !== 'read' && (
          <Button variant="contained" disabled={!isDirty} loading={isPending} onClick={trySaving}>
            {translate('ra.action.save')}
          </Button>
        )}
      </DialogActions>
      {theirs && (
        <Conflict
          mine={inWords(draft)}
          theirs={inWords(draftOf(theirs))}
          words="products.conflict"
          onKeepMine={() => {
            settle();
            save({ ...draft, version: theirs.version });
          }}
          onTakeTheirs={() => {
            settle();
            taken(theirs);
          }}
          onClose={settle}
        />
      )}
    </>
  );
}

/** What the server says about single fields, by their names. */
function FieldErrors({ error }: { error: Error | null }) {
  if (!(error instanceof Problem)) return null;
  const told = Object.entries(error.body.errors);
  if (!told.length) return null;
  return (
    <ul>
      {told.map(([field, text]) => (
        <li key={field}>
          {field}: {text}
        </li>
      ))}
    </ul>
  );
}

function Sheet({ section, card, mode }: { section: SectionProps; card?: Card; mode: string }) {
  const translate = useTranslate();
  const part = (name: string, content: ReactNode): ReactNode => <Panel title={translate(`products.section.${name}`)}>{content}</Panel>;
  const isWhole = mode !== 'translate';
  return (
    <Box sx={{ display: 'grid', gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(0, 3fr) minmax(0, 2fr)' }, columnGap: 2, alignItems: 'start' }}>
      <Box sx={{ minWidth: 0 }}>
        {part('texts', <Texts {...section} mode={mode} />)}
        {(isWhole || section.draft.image_ids.length > 0) && part('pictures', <Pictures {...section} isDescribed={mode !== 'read'} />)}
      </Box>
      <Box sx={{ minWidth: 0 }}>
        {isWhole && part('sorting', <Sorting {...section} card={card} />)}
        {isWhole && part('characteristics', <Characteristics {...section} />)}
        {!isWhole && card && part('preview', <Preview card={card} />)}
      </Box>
      <Box sx={{ gridColumn: '1 / -1', minWidth: 0 }}>
        {isWhole && part('variants', <Variants {...section} card={card} />)}
        {card && isWhole && !card.is_service && <Guarded field="stock.on_hand">{part('stock', <StockLevels card={card} />)}</Guarded>}
        {isWhole && card && part('preview', <Preview card={card} />)}
      </Box>
    </Box>
  );
}
