/** Somebody should look at this order, and why. */
import PriorityHigh from '@mui/icons-material/PriorityHigh';
import Chip from '@mui/material/Chip';
import { useTranslate } from 'react-admin';

export function Attention({ kind }: { kind: string | null | undefined }) {
  const translate = useTranslate();
  if (!kind) return null;
  return <Chip size="small" variant="outlined" color="error" icon={<PriorityHigh aria-hidden />} label={translate(`orders.step.${kind}`, { _: kind })} />;
}
