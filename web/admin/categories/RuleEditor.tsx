/** The rule of a category: conditions, and the products they catch as things stand. */
import Add from '@mui/icons-material/Add';
import Delete from '@mui/icons-material/DeleteOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Link from '@mui/material/Link';
import MenuItem from '@mui/material/MenuItem';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslate } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import { ProblemNote } from '../house/ProblemNote';
import { type Schemas, ask } from '../house/http';
import { useLevel } from '../house/me';
import { MoneyField } from '../products/MoneyField';
import { ManyPicker } from '../products/Sorting';
import { type Choice, useCardChoices, useNamedChoices, useValueChoices } from '../products/choices';
import { type Condition, NUMBERS, type Rule, readyRule } from './draft';

type Criterion = Condition['criterion'];
type Gathering = Schemas['Gathering'];

const CRITERIA: Criterion[] = ['brand', 'supplier', 'product_class', 'tax_class', 'value', 'price', 'weight_g', 'in_stock'];
const MOST = 20;

const start = (criterion: Criterion, currency: string): Condition => {
  const isNumber = NUMBERS.includes(criterion);
  return { criterion, operator: isNumber ? 'at_least' : 'is_one_of', values: [], ...(criterion === 'price' ? { currency } : {}) };
};

interface Props {
  rule: Rule | null;
  onChange: (rule: Rule | null) => void;
  isReadOnly: boolean;
}

export function RuleEditor({ rule, onChange, isReadOnly }: Props) {
  const translate = useTranslate();
  const { data } = useCardChoices();
  const currency = data?.currencies[0] ?? 'EUR';
  const conditions = rule?.conditions ?? [];
  const match = rule?.match ?? 'all';
  const put = (next: Condition[]): void => onChange(next.length ? { match, conditions: next } : null);
  return (
    <>
      {!rule && <Typography sx={{ color: 'text.secondary', mb: 1 }}>{translate('categories.no_rule')}</Typography>}
      {conditions.length > 1 && (
        <TextField select margin="dense" label={translate('categories.match_label')} value={match} disabled={isReadOnly} onChange={(event) => onChange({ match: event.target.value as Rule['match'], conditions })} sx={{ minWidth: 220 }}>
          {(['all', 'any'] as const).map((each) => (
            <MenuItem key={each} value={each}>
              {translate(`categories.match.${each}`)}
            </MenuItem>
          ))}
        </TextField>
      )}
      {conditions.map((condition, at) => (
        <ConditionRow
          key={at}
          number={at + 1}
          condition={condition}
          currency={currency}
          isReadOnly={isReadOnly}
          onChange={(next) => put(conditions.map((each, place) => (place === at ? next : each)))}
          onRemove={() => put(conditions.filter((_, place) => place !== at))}
        />
      ))}
      {!isReadOnly && (
        <Button startIcon={<Add />} disabled={conditions.length >= MOST} onClick={() => put([...conditions, start('brand', currency)])}>
          {translate('categories.add_condition')}
        </Button>
      )}
      <RulePreview rule={readyRule(rule)} />
    </>
  );
}

interface RowProps {
  number: number;
  condition: Condition;
  currency: string;
  isReadOnly: boolean;
  onChange: (condition: Condition) => void;
  onRemove: () => void;
}

function ConditionRow({ number, condition, currency, isReadOnly, onChange, onRemove }: RowProps) {
  const translate = useTranslate();
  const seesPrices = useLevel('product.price') !== 'hidden';
  const seesTaxes = useLevel('product.tax_class') !== 'hidden';
  const open = CRITERIA.filter((each) => (each !== 'price' || seesPrices) && (each !== 'tax_class' || seesTaxes));
  const operators = NUMBERS.includes(condition.criterion) ? (['at_least', 'at_most'] as const) : (['is_one_of', 'is_none_of'] as const);
  return (
    <Box role="group" aria-label={translate('categories.condition', { number })} sx={{ display: 'grid', gridTemplateColumns: { xs: '1fr', sm: '170px 150px minmax(0, 1fr) auto' }, columnGap: 1, alignItems: 'center', borderBottom: { xs: 1, sm: 0 }, borderColor: 'divider', py: 0.5 }}>
      <TextField select margin="dense" label={translate('categories.criterion')} value={condition.criterion} disabled={isReadOnly} onChange={(event) => onChange(start(event.target.value as Criterion, currency))}>
        {open.map((each) => (
          <MenuItem key={each} value={each}>
            {translate(`categories.criteria.${each}`)}
          </MenuItem>
        ))}
      </TextField>
      <TextField select margin="dense" label={translate('categories.operator')} value={condition.operator} disabled={isReadOnly} onChange={(event) => onChange({ ...condition, operator: event.target.value as Condition['operator'] })}>
        {operators.map((each) => (
          <MenuItem key={each} value={each}>
            {translate(`categories.operators.${each}`)}
          </MenuItem>
        ))}
      </TextField>
      <Values condition={condition} onChange={onChange} isReadOnly={isReadOnly} />
      {!isReadOnly && (
        <IconButton aria-label={translate('categories.remove_condition', { number })} onClick={onRemove}>
          <Delete fontSize="small" />
        </IconButton>
      )}
    </Box>
  );
}

type ValuesProps = Pick<RowProps, 'condition' | 'onChange' | 'isReadOnly'>;

function Values({ condition, onChange, isReadOnly }: ValuesProps) {
  const translate = useTranslate();
  const label = translate('categories.values');
  const value = condition.values[0];
  const number = typeof value === 'number' ? value : null;
  if (condition.criterion === 'tax_class') return <TaxClasses condition={condition} onChange={onChange} isReadOnly={isReadOnly} />;
  if (condition.criterion === 'price') {
    return <MoneyField label={label} minor={number} currency={condition.currency ?? 'EUR'} disabled={isReadOnly} onChange={(minor) => onChange({ ...condition, values: minor === null ? [] : [minor] })} />;
  }
  if (NUMBERS.includes(condition.criterion)) {
    const put = (text: string): void => onChange({ ...condition, values: text === '' ? [] : [Math.max(0, Math.round(Number(text)))] });
    return <TextField type="number" margin="dense" label={label} value={number ?? ''} disabled={isReadOnly} onChange={(event) => put(event.target.value)} slotProps={{ htmlInput: { min: 0, step: 1 } }} />;
  }
  return <Things condition={condition} onChange={onChange} isReadOnly={isReadOnly} />;
}

function Things({ condition, onChange, isReadOnly }: ValuesProps) {
  const translate = useTranslate();
  const choices: Partial<Record<Criterion, Choice[]>> = {
    brand: useNamedChoices('brands'),
    supplier: useNamedChoices('suppliers'),
    product_class: useNamedChoices('product-classes'),
    value: useValueChoices(),
  };
  const chosen = condition.values.filter((each) => typeof each === 'number');
  return <ManyPicker label={translate('categories.values')} choices={choices[condition.criterion] ?? []} chosen={chosen} onChange={(values) => onChange({ ...condition, values })} disabled={isReadOnly} />;
}

function TaxClasses({ condition, onChange, isReadOnly }: ValuesProps) {
  const translate = useTranslate();
  const { data } = useCardChoices();
  const names = data?.tax_classes ?? [];
  const choices = names.map((name, id) => ({ id, name: translate(`products.tax.${name}`, { _: name }) }));
  const chosen = condition.values.map((value) => names.indexOf(String(value))).filter((at) => at >= 0);
  const put = (ids: number[]): void => onChange({ ...condition, values: ids.flatMap((id) => names[id] ?? []) });
  return <ManyPicker label={translate('categories.values')} choices={choices} chosen={chosen} onChange={put} disabled={isReadOnly} />;
}

function RulePreview({ rule }: { rule: Rule | null }) {
  const translate = useTranslate();
  const { data, error } = useQuery({
    queryKey: ['categories', 'rule', rule],
    queryFn: () => ask<Gathering>('POST', '/categories/rule/preview', rule),
    enabled: rule !== null,
    placeholderData: keepPreviousData,
    retry: false,
  });
  if (!rule) return null;
  return (
    <Box aria-live="polite" sx={{ mt: 1 }}>
      <ProblemNote error={error} />
      {data && !error && (
        <>
          <Typography variant="h3">{translate('categories.catches', { smart_count: data.count })}</Typography>
          <Gathered gathering={data} />
        </>
      )}
    </Box>
  );
}

export function Gathered({ gathering: { count, products } }: { gathering: Gathering }) {
  const translate = useTranslate();
  return (
    <Box component="ul" sx={{ m: 0, pl: 2.5, columns: { sm: 2 } }}>
      {products.map(({ id, name }) => (
        <li key={id}>
          <Link component={RouterLink} to={`/products/${id}/show`}>
            {name}
          </Link>
        </li>
      ))}
      {count > products.length && <li>{translate('categories.and_more', { smart_count: count - products.length })}</li>}
    </Box>
  );
}
