/** A refusal, told beside what it is about. */
import Alert from '@mui/material/Alert';

export function Told({ text }: { text: string | undefined }) {
  if (!text) return null;
  return (
    <Alert severity="error" role="alert" sx={{ my: 1 }}>
      {text}
    </Alert>
  );
}
