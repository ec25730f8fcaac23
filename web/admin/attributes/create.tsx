/** A new attribute, for those who may. */
import { useTranslate } from 'react-admin';
import { Guarded } from '../house/Guarded';
import { ProblemNote } from '../house/ProblemNote';
import { Problem } from '../house/http';
import { Editor } from './Editor';

export default function AttributeCreate() {
  const told = useTranslate()('house.problems.Forbidden');
  return (
    <Guarded right="product.edit" otherwise={<ProblemNote error={new Problem('Forbidden', told, 403)} />}>
      <Editor />
    </Guarded>
  );
}
