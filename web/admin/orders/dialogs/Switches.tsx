/** What else a command does, each switched on or off. */
import Checkbox from '@mui/material/Checkbox';
import FormControlLabel from '@mui/material/FormControlLabel';
import FormGroup from '@mui/material/FormGroup';
import { useTranslate } from 'react-admin';

interface Props<Wanted extends Record<string, boolean>> {
  of: Wanted;
  onChange: (wanted: Wanted) => void;
}

export function Switches<Wanted extends Record<string, boolean>>({ of, onChange }: Props<Wanted>) {
  const translate = useTranslate();
  return (
    <FormGroup>
      {Object.entries(of).map(([name, isOn]) => (
        <FormControlLabel
          key={name}
          label={translate(`orders.asked.${name}`)}
          control={<Checkbox size="small" checked={isOn} onChange={(event) => onChange({ ...of, [name]: event.target.checked })} />}
        />
      ))}
    </FormGroup>
  );
}
