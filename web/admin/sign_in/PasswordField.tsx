/** A password that can be looked at while it is typed. */
import Visibility from '@mui/icons-material/VisibilityOutlined';
import VisibilityOff from '@mui/icons-material/VisibilityOffOutlined';
import IconButton from '@mui/material/IconButton';
import InputAdornment from '@mui/material/InputAdornment';
import TextField from '@mui/material/TextField';
import { useState } from 'react';
import { useTranslate } from 'react-admin';

interface Props {
  label: string;
  value: string;
  onChange: (password: string) => void;
  autoComplete: 'current-password' | 'new-password';
  helperText?: string;
}

export function PasswordField({ label, value, onChange, autoComplete, helperText }: Props) {
  const translate = useTranslate();
  const [isShown, setShown] = useState(false);
  const look = (
    <InputAdornment position="end">
      <IconButton edge="end" aria-label={translate(isShown ? 'ra.input.password.toggle_visible' : 'ra.input.password.toggle_hidden')} onClick={() => setShown(!isShown)}>
        {isShown ? <VisibilityOff /> : <Visibility />}
      </IconButton>
    </InputAdornment>
  );
  return (
    <TextField
      required
      fullWidth
      type={isShown ? 'text' : 'password'}
      label={label}
      helperText={helperText}
      autoComplete={autoComplete}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      slotProps={{ htmlInput: { maxLength: 200 }, input: { endAdornment: look } }}
    />
  );
}
