/** The variants: SKU, price and weight of each, typed here or made of attribute values. */
import Add from '@mui/icons-material/Add';
import Delete from '@mui/icons-material/DeleteOutlined';
import Grid from '@mui/icons-material/GridViewOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Switch from '@mui/material/Switch';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import TextField from '@mui/material/TextField';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { Guarded } from '../house/Guarded';
import { useIsNarrow } from '../house/screen';
import type { SectionProps } from './Editor';
import { Generator } from './Generator';
import { MoneyField } from './MoneyField';
import { useValueChoices } from './choices';
import { type Card, type DraftVariant, newVariant } from './draft';
import { useWritable } from './saving';

export const MOST_VARIANTS = 100;

export function Variants({ draft, change, gaps, isReadOnly, card }: SectionProps & { card?: Card }) {
  const translate = useTranslate();
  const [isMaking, setMaking] = useState(false);
  const variants = draft.variants;
  const currency = variants[0]?.currency ?? 'EUR';
  const put = (key: string, patch: Partial<DraftVariant>): void => change({ variants: variants.map((each) => (each.key === key ? { ...each, ...patch } : each)) });
  const remove = (key: string): void => change({ variants: variants.filter((each) => each.key !== key) });
  return (
    <>
      <Rows variants={variants} put={put} remove={remove} gaps={gaps} isReadOnly={isReadOnly} />
      {!isReadOnly && (
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mt: 1, alignItems: 'center' }}>
          <Button startIcon={<Add />} disabled={variants.length >= MOST_VARIANTS} onClick={() => change({ variants: [...variants, newVariant(currency)] })}>
            {translate('products.variant.add')}
          </Button>
          <Button startIcon={<Grid />} variant="outlined" aria-expanded={isMaking} onClick={() => setMaking(!isMaking)}>
            {translate('products.variant.generate')}
          </Button>
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            {translate('products.variant.count', { smart_count: variants.length, most: MOST_VARIANTS })}
          </Typography>
        </Box>
      )}
      {isMaking && <Generator draft={draft} change={change} productId={card?.id ?? null} onDone={() => setMaking(false)} />}
    </>
  );
}

interface RowsProps {
  variants: DraftVariant[];
  put: (key: string, patch: Partial<DraftVariant>) => void;
  remove: (key: string) => void;
  gaps: ReadonlySet<string>;
  isReadOnly: boolean;
}

function Rows(props: RowsProps) {
  const translate = useTranslate();
  if (useIsNarrow()) return props.variants.map((variant, at) => <CardRow key={variant.key} {...props} variant={variant} at={at} />);
  const heads = ['sku', 'values'] as const;
  return (
    <Box sx={{ overflowX: 'auto' }}>
      <Table size="small" aria-label={translate('products.section.variants')}>
        <TableHead>
          <TableRow>
            {heads.map((name) => (
              <TableCell key={name}>{translate(`products.variant.${name}`)}</TableCell>
            ))}
            <Guarded field="product.price">
              <TableCell>{translate('products.variant.price')}</TableCell>
            </Guarded>
            {['weight_g', 'may_backorder', 'is_active', 'remove'].map((name) => (
              <TableCell key={name}>{name === 'remove' ? '' : translate(`products.variant.${name}`)}</TableCell>
            ))}
          </TableRow>
        </TableHead>
        <TableBody>
          {props.variants.map((variant, at) => (
            <TableRow key={variant.key}>
              <Cells {...props} variant={variant} at={at} wrap={(name, content) => <TableCell key={name}>{content}</TableCell>} />
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Box>
  );
}

type OneProps = RowsProps & { variant: DraftVariant; at: number };

/** On a telephone every variant is a card of its own. */
function CardRow(props: OneProps) {
  const translate = useTranslate();
  return (
    <Box component="fieldset" sx={{ border: 1, borderColor: 'divider', borderRadius: 1, mb: 1, p: 1, mx: 0, minWidth: 0 }}>
      <legend>{props.variant.sku || translate('products.variant.new')}</legend>
      <Cells
        {...props}
        wrap={(name, content) => (
          <Box key={name} sx={{ display: 'flex', alignItems: 'center', justifyContent: 'space-between', gap: 1, mb: 0.5 }}>
            <span>{name === 'remove' ? '' : translate(`products.variant.${name}`)}</span>
            {content}
          </Box>
        )}
      />
    </Box>
  );
}

function Cells({ variant, at, put, remove, gaps, isReadOnly, variants, wrap }: OneProps & { wrap: (name: string, content: React.ReactNode) => React.ReactNode }) {
  const translate = useTranslate();
  const writable = useWritable();
  const { key, sku } = variant;
  const label = (name: string): string => `${translate(`products.variant.${name}`)} ${sku || at + 1}`;
  const toggle = (name: 'may_backorder' | 'is_active') => (
    <Switch size="small" checked={variant[name]} disabled={isReadOnly} onChange={(_, value) => put(key, { [name]: value })} slotProps={{ input: { 'aria-label': label(name) } }} />
  );
  return (
    <>
      {wrap(
        'sku',
        <TextField
          value={sku}
          disabled={isReadOnly}
          error={gaps.has(`sku ${at}`)}
          onChange={(event) => put(key, { sku: event.target.value.replace(/[\s/]/g, '') })}
          slotProps={{ htmlInput: { maxLength: 100, 'aria-label': `${translate('products.variant.sku')} ${at + 1}` } }}
          sx={{ minWidth: 150 }}
        />,
      )}
      {wrap('values', <Values variant={variant} put={put} isReadOnly={isReadOnly} at={at} />)}
      <Guarded field="product.price">
        {wrap(
          'price',
          <MoneyField isBare label={label('price')} minor={variant.price} currency={variant.currency} error={gaps.has(`price ${at}`)} disabled={isReadOnly || !writable.price} onChange={(price) => put(key, { price })} />,
        )}
      </Guarded>
      {wrap(
        'weight_g',
        <TextField
          type="number"
          value={variant.weight_g}
          disabled={isReadOnly}
          onChange={(event) => put(key, { weight_g: Math.max(0, Math.round(Number(event.target.value))) })}
          slotProps={{ htmlInput: { min: 0, max: 1e9, 'aria-label': label('weight_g') } }}
          sx={{ width: 96 }}
        />,
      )}
      {wrap('may_backorder', toggle('may_backorder'))}
      {wrap('is_active', toggle('is_active'))}
      {wrap('remove', isReadOnly ? null : <Remove variant={variant} isLast={variants.length === 1} onClick={() => remove(key)} label={label('remove')} />)}
    </>
  );
}

/** What was sold cannot be deleted: the button says so instead of failing. */
function Remove({ variant, isLast, onClick, label }: { variant: DraftVariant; isLast: boolean; onClick: () => void; label: string }) {
  const translate = useTranslate();
  const reason = isLast ? 'products.variant.last_one' : variant.may_be_deleted ? null : 'products.variant.was_used';
  return (
    <Tooltip title={reason ? translate(reason) : label}>
      <IconButton size="small" aria-label={label} aria-disabled={reason !== null} onClick={reason ? undefined : onClick} sx={reason ? { opacity: 0.45, cursor: 'not-allowed' } : {}}>
        <Delete fontSize="small" />
      </IconButton>
    </Tooltip>
  );
}

/** What sets it apart: values of attributes, or a name where it has none. */
function Values({ variant, put, isReadOnly, at }: Pick<OneProps, 'variant' | 'put' | 'isReadOnly' | 'at'>) {
  const translate = useTranslate();
  const choices = useValueChoices();
  const names = variant.value_ids.map((id) => choices.find((choice) => choice.id === id)?.name ?? '').join(', ');
  if (variant.value_ids.length) return <>{names}</>;
  return (
    <TextField
      value={variant.name}
      disabled={isReadOnly}
      placeholder={translate('products.variant.name_hint')}
      onChange={(event) => put(variant.key, { name: event.target.value })}
      slotProps={{ htmlInput: { maxLength: 300, 'aria-label': `${translate('products.variant.values')} ${variant.sku || at + 1}` } }}
      sx={{ minWidth: 140 }}
    />
  );
}
