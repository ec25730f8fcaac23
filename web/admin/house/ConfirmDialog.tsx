/** Asks before something is done. What cannot be undone may ask for a word to be typed. */
import Button from '@mui/material/Button';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import TextField from '@mui/material/TextField';
import { type ReactNode, type SubmitEvent, useId, useState } from 'react';
import { useTranslate } from 'react-admin';
import { ProblemNote } from './ProblemNote';

interface Props {
  title: string;
  children?: ReactNode;
  confirm: string;
  onConfirm: (reason: string) => void;
  onClose: () => void;
  isPending?: boolean;
  error?: unknown;
  /** A reason has to be given; history keeps it. */
  asksReason?: boolean;
  /** Typed before it goes on: for what cannot be undone. */
  typed?: string;
  isDestructive?: boolean;
  /** Another way out than leaving it as it is. */
  dismiss?: { label: string; onClick: () => void };
  /** False while what stands inside is not filled in yet. */
  isReady?: boolean;
  maxWidth?: 'xs' | 'sm' | 'md';
}

export function ConfirmDialog(props: Props) {
  const { title, children, confirm, onConfirm, onClose, isPending = false, error, asksReason = false, typed, isDestructive = false, isReady = true, maxWidth = 'xs', dismiss } = props;
  const translate = useTranslate();
  const titleId = useId();
  const [reason, setReason] = useState('');
  const [word, setWord] = useState('');
  const isComplete = isReady && (!asksReason || reason.trim() !== '') && (typed === undefined || word === typed);
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    event.stopPropagation(); // React lets it rise to the form that the dialog was opened from
    if (isComplete && !isPending) onConfirm(reason.trim());
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth={maxWidth} aria-labelledby={titleId}>
      <form onSubmit={submit}>
        <DialogTitle id={titleId}>{title}</DialogTitle>
        <DialogContent>
          {children}
          {asksReason && (
            <TextField
              autoFocus
              fullWidth
              required
              multiline
              minRows={2}
              margin="dense"
              label={translate('house.reason')}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
              slotProps={{ htmlInput: { maxLength: 1000 } }}
            />
          )}
          {typed !== undefined && (
            <TextField
              fullWidth
              margin="dense"
              label={translate('house.type_to_confirm', { word: typed })}
              value={word}
              onChange={(event) => setWord(event.target.value)}
            />
          )}
          <ProblemNote error={error} />
        </DialogContent>
        <DialogActions>
          {dismiss && (
            <Button color="error" onClick={dismiss.onClick} sx={{ mr: 'auto' }}>
              {dismiss.label}
            </Button>
          )}
          <Button onClick={onClose}>{translate('ra.action.cancel')}</Button>
          <Button
            type="submit"
            variant={isDestructive ? 'outlined' : 'contained'}
            color={isDestructive ? 'error' : 'primary'}
            disabled={!isComplete}
            loading={isPending}
          >
            {confirm}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}
