/** A failure where it happened: what it was and, if that helps, a way to try again. */
import Alert from '@mui/material/Alert';
import Button from '@mui/material/Button';
import { useTranslate } from 'react-admin';
import { sentence } from './problems';

interface Props {
  error: unknown;
  onRetry?: () => void;
}

export function ProblemNote({ error, onRetry }: Props) {
  const translate = useTranslate();
  if (!error) return null;
  const retry = onRetry && (
    <Button color="inherit" onClick={onRetry}>
      {translate('house.retry')}
    </Button>
  );
  return (
    <Alert severity="error" role="alert" action={retry} sx={{ my: 1 }}>
      {sentence(error, translate)}
    </Alert>
  );
}
