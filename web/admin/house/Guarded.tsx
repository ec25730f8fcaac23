/** Shows what is in it to those who may see the field (`order.total`) or have the right (`order.cancel`). */
import type { ReactNode } from 'react';
import { level, may, useMe } from './me';

type Props = { children: ReactNode; otherwise?: ReactNode } & (
  | { field: string; write?: boolean; right?: undefined }
  | { right: string; field?: undefined; write?: undefined }
);

export function Guarded({ children, otherwise = null, field, right, write }: Props) {
  const me = useMe();
  const found = field === undefined ? 'hidden' : level(me, field);
  const open = right === undefined ? found === 'write' || (found === 'read' && !write) : may(me, right);
  return open ? children : otherwise;
}
