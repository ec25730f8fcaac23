/** A status: colour, icon and word, never the colour alone. */
import Chip from '@mui/material/Chip';
import { useTranslate } from 'react-admin';
import { type StatusKind, lookOf } from './statuses';

interface Props {
  kind: StatusKind;
  value: string | null | undefined;
}

export function StatusChip({ kind, value }: Props) {
  const translate = useTranslate();
  if (!value) return null;
  const [colour, Icon] = lookOf(kind, value);
  return (
    <Chip
      size="small"
      variant="outlined"
      color={colour}
      icon={<Icon aria-hidden />}
      label={translate(`house.status.${kind}.${value}`, { _: value })}
    />
  );
}
