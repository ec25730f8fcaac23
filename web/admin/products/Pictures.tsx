/** Pictures: sent at once, kept with the card when it is saved; the first one stands for the product. */
import AddPhoto from '@mui/icons-material/AddPhotoAlternateOutlined';
import ArrowBack from '@mui/icons-material/ArrowBack';
import ArrowForward from '@mui/icons-material/ArrowForward';
import Delete from '@mui/icons-material/DeleteOutlined';
import Notes from '@mui/icons-material/NotesOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';
import { useMutation } from '@tanstack/react-query';
import { type DragEvent, useRef, useState } from 'react';
import { useLocaleState, useTranslate } from 'react-admin';
import { ProblemNote } from '../house/ProblemNote';
import { type Schemas, address, ask } from '../house/http';
import type { SectionProps } from './Editor';
import { PictureText } from './PictureText';
import { named } from './choices';
import type { ImageText } from './draft';

const KINDS = 'image/jpeg,image/png,image/webp,image/gif';
const MOST = 30;

async function upload(files: File[]): Promise<string[]> {
  const ids: string[] = [];
  for (const file of files) {
    const form = new FormData();
    form.append('file', file);
    const { id } = await ask<Schemas['ImageUploaded']>('POST', '/product-images', form);
    ids.push(id);
  }
  return ids;
}

/** `isDescribed`: what they show may be said, also by those who may not add any. */
export function Pictures({ draft, change, isReadOnly, isDescribed }: SectionProps & { isDescribed: boolean }) {
  const translate = useTranslate();
  const input = useRef<HTMLInputElement>(null);
  const ids = draft.image_ids;
  const { mutate, isPending, error } = useMutation({ mutationFn: upload, onSuccess: (added) => change({ image_ids: [...ids, ...added] }) });
  const take = (files: FileList | null): void => {
    if (files?.length && !isReadOnly) mutate([...files].slice(0, MOST - ids.length));
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    take(event.dataTransfer.files);
  };
  return (
    <Box onDrop={drop} onDragOver={(event) => event.preventDefault()}>
      {!ids.length && <Typography sx={{ color: 'text.secondary', mb: 1 }}>{translate('products.no_pictures')}</Typography>}
      <Box component="ul" sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, p: 0, m: 0, listStyle: 'none' }}>
        {ids.map((id, at) => (
          <Picture
            key={id}
            id={id}
            at={at}
            draft={ids}
            change={(image_ids) => change({ image_ids })}
            text={draft.image_texts[id] ?? {}}
            describe={isDescribed ? (text) => change({ image_texts: { ...draft.image_texts, [id]: text } }) : undefined}
            isReadOnly={isReadOnly}
          />
        ))}
      </Box>
      <ProblemNote error={error} />
      {!isReadOnly && (
        <>
          <input ref={input} type="file" accept={KINDS} multiple hidden aria-label={translate('products.add_pictures')} onChange={(event) => take(event.target.files)} />
          <Button startIcon={<AddPhoto />} variant="outlined" loading={isPending} disabled={ids.length >= MOST} onClick={() => input.current?.click()} sx={{ mt: 1 }}>
            {translate('products.add_pictures')}
          </Button>
        </>
      )}
    </Box>
  );
}

interface PictureProps {
  id: string;
  at: number;
  draft: string[];
  change: (ids: string[]) => void;
  text: ImageText;
  describe?: (text: ImageText) => void;
  isReadOnly: boolean;
}

function Picture({ id, at, draft, change, text, describe, isReadOnly }: PictureProps) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const number = at + 1;
  const shows = named(text, locale) || translate('products.picture', { number });
  return (
    <Box component="li" sx={{ border: 1, borderColor: at ? 'divider' : 'primary.main', borderRadius: 1, overflow: 'hidden', width: 132 }}>
      <Box component="img" src={address(`/product-images/${id}`, { thumbnail: true })} alt={shows} sx={{ width: 130, height: 110, objectFit: 'contain', display: 'block' }} />
      <Typography variant="caption" component="div" sx={{ px: 0.5, height: 20, color: 'text.secondary' }}>
        {at === 0 ? translate('products.main_picture') : ''}
      </Typography>
      <Box sx={{ display: 'flex', justifyContent: 'space-between' }}>
        {describe && <Describe id={id} number={number} text={text} describe={describe} />}
        {!isReadOnly && <Acts id={id} at={at} draft={draft} change={change} />}
      </Box>
    </Box>
  );
}

/** Filled where something is said already. */
function Describe({ id, number, text, describe }: Required<Pick<PictureProps, 'id' | 'text' | 'describe'>> & { number: number }) {
  const translate = useTranslate();
  const [isOpen, setOpen] = useState(false);
  const label = translate('products.picture_describe', { number });
  const done = (next: ImageText): void => {
    describe(Object.fromEntries(Object.entries(next).filter(([, said]) => said.trim())));
    setOpen(false);
  };
  return (
    <>
      <Tooltip title={label}>
        <IconButton size="small" aria-label={label} color={Object.keys(text).length ? 'primary' : 'default'} onClick={() => setOpen(true)}>
          <Notes fontSize="small" />
        </IconButton>
      </Tooltip>
      {isOpen && <PictureText id={id} number={number} text={text} onDone={done} onClose={() => setOpen(false)} />}
    </>
  );
}

function Acts({ id, at, draft, change }: Pick<PictureProps, 'id' | 'at' | 'draft' | 'change'>) {
  const translate = useTranslate();
  const number = at + 1;
  const move = (by: 1 | -1): void => {
    const next = draft.filter((each) => each !== id);
    next.splice(at + by, 0, id);
    change(next);
  };
  return (
    <>
      <IconButton size="small" disabled={at === 0} aria-label={translate('products.picture_forward', { number })} onClick={() => move(-1)}>
        <ArrowBack fontSize="small" />
      </IconButton>
      <IconButton size="small" aria-label={translate('products.picture_remove', { number })} onClick={() => change(draft.filter((each) => each !== id))}>
        <Delete fontSize="small" />
      </IconButton>
      <IconButton size="small" disabled={number === draft.length} aria-label={translate('products.picture_back', { number })} onClick={() => move(1)}>
        <ArrowForward fontSize="small" />
      </IconButton>
    </>
  );
}
