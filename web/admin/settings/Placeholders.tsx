/** What an order fills in: each is put at the end of the text when it is chosen. */
import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';
import { useTranslate } from 'react-admin';
import { useMayEdit } from './SettingsForm';

export function Placeholders({ names, onChoose }: { names: string[]; onChoose: (name: string) => void }) {
  const translate = useTranslate();
  const mayEdit = useMayEdit();
  return (
    <Box>
      <Typography variant="body2" sx={{ color: 'text.secondary', mb: 0.5 }}>
        {translate('settings.notices.placeholders')}
      </Typography>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.5 }}>
        {names.map((name) => (
          <Tooltip key={name} title={translate(`settings.notices.placeholder.${name}`, { _: name })}>
            <Chip size="small" label={`$${name}`} disabled={!mayEdit} onClick={() => onChoose(name)} sx={{ fontFamily: 'monospace' }} />
          </Tooltip>
        ))}
      </Box>
    </Box>
  );
}
