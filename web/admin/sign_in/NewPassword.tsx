/** A new password and a hint how good it is; whether it will do, the server decides. */
import Box from '@mui/material/Box';
import LinearProgress from '@mui/material/LinearProgress';
import Typography from '@mui/material/Typography';
import { useTranslate } from 'react-admin';
import { PasswordField } from './PasswordField';

const SHORTEST = 12;
const GRADES = ['weak', 'fair', 'good'] as const;

/** Length counts for more than odd signs; few different ones count for nothing. */
export function grade(password: string): (typeof GRADES)[number] {
  const variety = new Set(password).size;
  if (password.length < SHORTEST || variety < 6) return 'weak';
  return password.length >= 16 && variety >= 9 ? 'good' : 'fair';
}

export function NewPassword({ value, onChange }: { value: string; onChange: (password: string) => void }) {
  const translate = useTranslate();
  const found = grade(value);
  const colour = ({ weak: 'error', fair: 'warning', good: 'success' } as const)[found];
  return (
    <Box>
      <PasswordField label={translate('sign_in.new_password')} helperText={translate('sign_in.password_hint')} autoComplete="new-password" value={value} onChange={onChange} />
      {value && (
        <Box role="status" sx={{ mt: 1 }}>
          <LinearProgress variant="determinate" color={colour} value={((GRADES.indexOf(found) + 1) / GRADES.length) * 100} aria-label={translate('sign_in.strength')} />
          <Typography variant="caption">{translate(`sign_in.grade_${found}`)}</Typography>
        </Box>
      )}
    </Box>
  );
}
