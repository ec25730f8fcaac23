/** What the page before one's eyes is for and how it is used: always behind the same button. */
import Close from '@mui/icons-material/Close';
import HelpOutline from '@mui/icons-material/HelpOutlineOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Drawer from '@mui/material/Drawer';
import IconButton from '@mui/material/IconButton';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';
import { useTranslate } from 'react-admin';
import { Link as RouterLink, useLocation } from 'react-router-dom';
import { showShortcuts } from './shortcuts';

const WIDTH = 380;

export function HelpButton() {
  const translate = useTranslate();
  const [isOpen, setOpen] = useState(false);
  const label = translate('house.help.title');
  return (
    <>
      <Tooltip title={label}>
        <IconButton color="inherit" aria-label={label} onClick={() => setOpen(true)}>
          <HelpOutline />
        </IconButton>
      </Tooltip>
      {isOpen && <Help onClose={() => setOpen(false)} />}
    </>
  );
}

function Help({ onClose }: { onClose: () => void }) {
  const translate = useTranslate();
  const id = useId();
  const area = useLocation().pathname.split('/')[1] || 'dashboard';
  const title = translate(`${area}.name`, { _: translate(`${area}.title`, { _: translate('house.help.title') }) });
  const text = translate(`${area}.page_help`, { _: translate('house.help.none') });
  return (
    <Drawer open anchor="right" onClose={onClose} slotProps={{ paper: { role: 'dialog', 'aria-labelledby': id, sx: { width: WIDTH, maxWidth: '90vw', p: 2.5 } } }}>
      <Box sx={{ display: 'flex', alignItems: 'center', gap: 1, mb: 1 }}>
        <Typography id={id} variant="h2" sx={{ flex: 1, fontSize: '1.15rem' }}>
          {translate('house.help.of', { page: title })}
        </Typography>
        <IconButton aria-label={translate('ra.action.close')} onClick={onClose}>
          <Close />
        </IconButton>
      </Box>
      {text.split('\n').map((paragraph) => (
        <Typography key={paragraph} sx={{ mb: 1.5 }}>
          {paragraph}
        </Typography>
      ))}
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mt: 1 }}>
        <Button variant="outlined" onClick={() => (onClose(), showShortcuts())}>
          {translate('house.shortcuts.title')}
        </Button>
        {area !== 'dashboard' && (
          <Button component={RouterLink} to="/" onClick={onClose}>
            {translate('dashboard.title')}
          </Button>
        )}
      </Box>
    </Drawer>
  );
}
