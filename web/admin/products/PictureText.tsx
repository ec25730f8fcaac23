/** What a picture shows, in each language: read out to those who cannot see it, and by search engines. */
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';
import { useTranslate } from 'react-admin';
import { address } from '../house/http';
import { LANGUAGES } from '../house/i18n';
import type { ImageText } from './draft';

const MOST = 300;

interface Props {
  id: string;
  number: number;
  text: ImageText;
  onDone: (text: ImageText) => void;
  onClose: () => void;
}

export function PictureText({ id, number, text: start, onDone, onClose }: Props) {
  const translate = useTranslate();
  const titleId = useId();
  const [text, setText] = useState(start);
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xs" aria-labelledby={titleId}>
      <DialogTitle id={titleId}>{translate('products.picture_text', { number })}</DialogTitle>
      <DialogContent>
        <Box component="img" src={address(`/product-images/${id}`, { thumbnail: true })} alt="" sx={{ display: 'block', maxWidth: '100%', height: 160, objectFit: 'contain', mx: 'auto', mb: 1 }} />
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          {translate('products.picture_text_help')}
        </Typography>
        {LANGUAGES.map(({ locale, name }) => (
          <TextField
            key={locale}
            fullWidth
            margin="dense"
            label={name}
            value={text[locale] ?? ''}
            onChange={(event) => setText({ ...text, [locale]: event.target.value })}
            slotProps={{ htmlInput: { maxLength: MOST, lang: locale } }}
          />
        ))}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{translate('ra.action.cancel')}</Button>
        <Button variant="contained" onClick={() => onDone(text)}>
          {translate('products.picture_text_done')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
