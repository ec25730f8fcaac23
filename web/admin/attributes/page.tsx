/** One attribute: read, and changed where it stands. */
import { Page } from '../house/Page';
import type { Attribute } from '../products/choices';
import { Editor } from './Editor';

export default function AttributePage() {
  return <Page<Attribute>>{(attribute) => <Editor key={attribute.id} attribute={attribute} />}</Page>;
}
