/** Every key that does something, on one sheet. */
import Box from '@mui/material/Box';
import Dialog from '@mui/material/Dialog';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import { useId } from 'react';
import { useTranslate } from 'react-admin';
import { FIXED, useJumps } from './shortcuts';

export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const translate = useTranslate();
  const id = useId();
  const jumps = useJumps().map(({ key, name }) => ({ keys: `g ${key}`, word: `resources.${name}.name` }));
  return (
    <Dialog open onClose={onClose} aria-labelledby={id} fullWidth maxWidth="xs">
      <DialogTitle id={id}>{translate('house.shortcuts.title')}</DialogTitle>
      <DialogContent>
        <Box component="dl" sx={{ display: 'grid', gridTemplateColumns: 'max-content 1fr', gap: 1, m: 0, '& dd': { m: 0 } }}>
          {[...FIXED, ...jumps].map(({ keys, word }) => (
            <Box key={keys} sx={{ display: 'contents' }}>
              <dt>
                <Box component="kbd" sx={{ border: 1, borderColor: 'divider', borderRadius: 1, px: 0.75 }}>
                  {keys}
                </Box>
              </dt>
              <dd>{translate(word)}</dd>
            </Box>
          ))}
        </Box>
      </DialogContent>
    </Dialog>
  );
}
