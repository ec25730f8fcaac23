/** Under which names goods are made. */
import { NamedList } from '../vocabulary/NamedList';

export default function Brands() {
  return <NamedList />;
}
