/** Who the goods come from. */
import { NamedList } from '../vocabulary/NamedList';

export default function Suppliers() {
  return <NamedList />;
}
