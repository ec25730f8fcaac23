/** The token, this once: copied before the dialog can be left. */
import ContentCopy from '@mui/icons-material/ContentCopyOutlined';
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import Dialog from '@mui/material/Dialog';
import DialogActions from '@mui/material/DialogActions';
import DialogContent from '@mui/material/DialogContent';
import DialogTitle from '@mui/material/DialogTitle';
import FormControlLabel from '@mui/material/FormControlLabel';
import { useId, useState } from 'react';
import { useRedirect, useTranslate } from 'react-admin';
import type { Schemas } from '../house/http';

export function TokenDialog({ made: { key, token } }: { made: Schemas['ApiKeyCreated'] }) {
  const translate = useTranslate();
  const redirect = useRedirect();
  const id = useId();
  const [isKept, setKept] = useState(false);
  return (
    <Dialog open fullWidth maxWidth="sm" aria-labelledby={id}>
      <DialogTitle id={id}>{translate('api-keys.token', { name: key.name })}</DialogTitle>
      <DialogContent>
        <Alert severity="warning">{translate('api-keys.once')}</Alert>
        <Box component="code" sx={{ display: 'block', my: 2, p: 1.5, borderRadius: 1, bgcolor: 'background.default', border: 1, borderColor: 'divider', overflowWrap: 'anywhere', userSelect: 'all' }}>
          {token}
        </Box>
        <CopyButton text={token} />
        <FormControlLabel sx={{ display: 'flex', mt: 1 }} control={<Checkbox checked={isKept} onChange={(_, checked) => setKept(checked)} />} label={translate('api-keys.kept')} />
      </DialogContent>
      <DialogActions>
        <Button variant="contained" disabled={!isKept} onClick={() => redirect('show', 'api-keys', key.id)}>
          {translate('ra.action.close')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

/** Without a secure connection browsers give no clipboard: then the text can be marked at one click. */
function CopyButton({ text }: { text: string }) {
  const translate = useTranslate();
  const [isCopied, setCopied] = useState(false);
  if (!navigator.clipboard) return null;
  return (
    <Button variant="outlined" startIcon={<ContentCopy />} onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}>
      {translate(isCopied ? 'api-keys.copied' : 'api-keys.copy')}
    </Button>
  );
}
