/** What the whole product has: values of the attributes that its class asks for, and of others. */
import Typography from '@mui/material/Typography';
import { useTranslate } from 'react-admin';
import type { SectionProps } from './Editor';
import { ManyPicker } from './Sorting';
import { type Attribute, type Named, useNamed, useRows } from './choices';

export function Characteristics({ draft, change, isReadOnly }: SectionProps) {
  const translate = useTranslate();
  const name = useNamed();
  const { data: attributes = [] } = useRows<Attribute>('attributes');
  const { data: classes = [] } = useRows<Named>('product-classes');
  const asked = classes.find(({ id }) => id === draft.class_id)?.attribute_ids ?? [];
  const inVariants = new Set(draft.variants.flatMap(({ value_ids }) => value_ids));
  const isUsed = ({ values }: Attribute): boolean => values.some(({ id }) => draft.value_ids.includes(id));
  const varies = ({ values }: Attribute): boolean => values.some(({ id }) => inVariants.has(id));
  const shown = attributes.filter((each) => isUsed(each) || ((!asked.length || asked.includes(each.id)) && !varies(each)));
  if (!shown.length) return <Typography sx={{ color: 'text.secondary' }}>{translate('products.no_attributes')}</Typography>;
  return shown.map((attribute) => {
    const own = attribute.values.map(({ id }) => id);
    return (
      <ManyPicker
        key={attribute.id}
        label={name(attribute.names)}
        choices={attribute.values.map((value) => ({ id: value.id, name: name(value.names) }))}
        chosen={draft.value_ids.filter((id) => own.includes(id))}
        onChange={(ids) => change({ value_ids: [...draft.value_ids.filter((id) => !own.includes(id)), ...ids] })}
        disabled={isReadOnly}
      />
    );
  });
}
