/** The fields of customers that the shop's owner defines. */
import Add from '@mui/icons-material/Add';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Paper from '@mui/material/Paper';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { Title, useLocaleState, useTranslate } from 'react-admin';
import { EmptyState } from '../house/EmptyState';
import { Facts } from '../house/Facts';
import { ProblemNote } from '../house/ProblemNote';
import { useMay } from '../house/me';
import { type OwnField, labelOf, useOwnFields } from '../customers/own_fields';
import { FieldDialog } from './FieldDialog';

export default function CustomFields() {
  const translate = useTranslate();
  const { data, error, refetch, isPending } = useOwnFields();
  const [edited, setEdited] = useState<OwnField | 'new' | null>(null);
  const isOpen = useMay('settings.edit');
  const add = isOpen && (
    <Button variant="contained" startIcon={<Add />} onClick={() => setEdited('new')}>
      {translate('custom-fields.new')}
    </Button>
  );
  return (
    <Box sx={{ maxWidth: 760 }}>
      <Title title={translate('custom-fields.name')} />
      <Typography sx={{ color: 'text.secondary', mb: 1.5 }}>{translate('custom-fields.text')}</Typography>
      {!!data?.length && <Box sx={{ mb: 1.5 }}>{add}</Box>}
      <ProblemNote error={error} onRetry={() => void refetch()} />
      {isPending && <Skeleton variant="rounded" height={200} />}
      {data?.length === 0 && (
        <EmptyState title={translate('custom-fields.empty.title')} action={add}>
          {translate('custom-fields.empty.text')}
        </EmptyState>
      )}
      <Box component="ul" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {data?.map((field) => (
          <Row key={field.key} field={field} onEdit={isOpen ? () => setEdited(field) : undefined} />
        ))}
      </Box>
      {edited && <FieldDialog field={edited === 'new' ? undefined : edited} onClose={() => setEdited(null)} />}
    </Box>
  );
}

function Row({ field, onEdit }: { field: OwnField; onEdit?: () => void }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const name = labelOf(field, locale);
  const word = (key: string): string => translate(`resources.custom-fields.fields.${key}`);
  return (
    <Paper component="li" variant="outlined" sx={{ p: 1.5, mb: 1 }}>
      <Box sx={{ display: 'flex', justifyContent: 'space-between', gap: 1 }}>
        <Typography variant="h2">{name}</Typography>
        {onEdit && (
          <Button onClick={onEdit} aria-label={`${translate('ra.action.edit')}: ${name}`}>
            {translate('ra.action.edit')}
          </Button>
        )}
      </Box>
      <Facts
        facts={[
          [word('kind'), translate(`custom-fields.kind.${field.kind}`)],
          [word('choices'), field.choices.join(', ')],
          [word('shop_level'), translate(`custom-fields.shop_level.${field.shop_level}`)],
          [word('key'), <code key="key">{field.key}</code>],
          [word('is_active'), !field.is_active && translate('custom-fields.retired')],
        ]}
      />
    </Paper>
  );
}
