/** The values of an attribute, in their order: a code and a name in each language. */
import Add from '@mui/icons-material/Add';
import ArrowDownward from '@mui/icons-material/ArrowDownward';
import ArrowUpward from '@mui/icons-material/ArrowUpward';
import Delete from '@mui/icons-material/DeleteOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import Table from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import TextField from '@mui/material/TextField';
import Tooltip from '@mui/material/Tooltip';
import Typography from '@mui/material/Typography';
import { useTranslate } from 'react-admin';
import { LANGUAGES } from '../house/i18n';
import { useIsNarrow } from '../house/screen';
import { useNamed } from '../products/choices';
import type { SectionProps } from './Editor';
import { type DraftValue, newValue } from './draft';

const MOST = 500;

interface Props extends SectionProps {
  /** Products have them: they stay. */
  used: number[];
}

export function Values(props: Props) {
  const translate = useTranslate();
  const { draft, change, isReadOnly } = props;
  const Rows = useIsNarrow() ? Cards : Wide;
  return (
    <>
      <Typography variant="body2" sx={{ color: 'text.secondary', mb: 1 }}>
        {translate(draft.values.length ? 'attributes.values_text' : 'attributes.no_values')}
      </Typography>
      {draft.values.length > 0 && <Rows {...props} />}
      {!isReadOnly && (
        <Button startIcon={<Add />} disabled={draft.values.length >= MOST} onClick={() => change({ values: [...draft.values, newValue()] })} sx={{ mt: 1 }}>
          {translate('attributes.add_value')}
        </Button>
      )}
    </>
  );
}

function Wide(props: Props) {
  const translate = useTranslate();
  return (
    <Table size="small" aria-label={translate('resources.attributes.fields.values')}>
      <TableHead>
        <TableRow>
          <TableCell>{translate('resources.attributes.fields.code')}</TableCell>
          {LANGUAGES.map(({ locale, name }) => (
            <TableCell key={locale}>{name}</TableCell>
          ))}
          {!props.isReadOnly && <TableCell aria-label={translate('ra.action.edit')} />}
        </TableRow>
      </TableHead>
      <TableBody>
        {props.draft.values.map((value, at) => (
          <TableRow key={value.key} sx={{ '& td': { px: 0.5, py: 0.25 } }}>
            <TableCell sx={{ width: 130 }}>
              <Code {...props} value={value} at={at} isBare />
            </TableCell>
            {LANGUAGES.map((language) => (
              <TableCell key={language.locale}>
                <Name {...props} value={value} at={at} language={language} isBare />
              </TableCell>
            ))}
            {!props.isReadOnly && (
              <TableCell sx={{ width: 120, whiteSpace: 'nowrap' }}>
                <Acts {...props} value={value} at={at} />
              </TableCell>
            )}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

/** On a telephone every value is a card of its own. */
function Cards(props: Props) {
  const translate = useTranslate();
  return props.draft.values.map((value, at) => (
    <Box key={value.key} component="fieldset" sx={{ border: 1, borderColor: 'divider', borderRadius: 1, mb: 1, p: 1, mx: 0, minWidth: 0 }}>
      <legend>{value.code || translate('attributes.value', { number: at + 1 })}</legend>
      <Code {...props} value={value} at={at} />
      {LANGUAGES.map((language) => (
        <Name key={language.locale} {...props} value={value} at={at} language={language} />
      ))}
      {!props.isReadOnly && <Acts {...props} value={value} at={at} />}
    </Box>
  ));
}

/** `isBare`: its label is read out and not shown, as in a column of a table. */
type OneProps = Props & { value: DraftValue; at: number; isBare?: boolean };

const put = ({ draft, change }: Props, key: string, patch: Partial<DraftValue>): void =>
  change({ values: draft.values.map((each) => (each.key === key ? { ...each, ...patch } : each)) });

function Code({ value, at, isBare = false, ...props }: OneProps) {
  const translate = useTranslate();
  return (
    <TextField
      fullWidth
      margin={isBare ? 'none' : 'dense'}
      label={isBare ? undefined : translate('resources.attributes.fields.code')}
      value={value.code}
      disabled={props.isReadOnly}
      error={props.gaps.has(`${value.key} code`)}
      onChange={(event) => put(props, value.key, { code: event.target.value.replace(/[^A-Za-z0-9._-]/g, '') })}
      slotProps={{ htmlInput: { maxLength: 30, 'aria-label': translate('attributes.value_code', { number: at + 1 }) } }}
    />
  );
}

function Name({ value, at, language: { locale, name }, isBare = false, ...props }: OneProps & { language: (typeof LANGUAGES)[number] }) {
  const translate = useTranslate();
  return (
    <TextField
      fullWidth
      margin={isBare ? 'none' : 'dense'}
      label={isBare ? undefined : name}
      value={value.names[locale] ?? ''}
      disabled={props.isReadOnly}
      error={props.gaps.has(`${value.key} names`)}
      onChange={(event) => put(props, value.key, { names: { ...value.names, [locale]: event.target.value } })}
      slotProps={{ htmlInput: { maxLength: 200, lang: locale, 'aria-label': translate('attributes.value_name', { language: name, number: at + 1 }) } }}
    />
  );
}

/** What products have cannot go: the button says so instead of failing. */
function Acts({ value, at, draft: { values }, change, used }: OneProps) {
  const translate = useTranslate();
  const name = useNamed()(value.names) || value.code || translate('attributes.value', { number: at + 1 });
  const others = values.filter(({ key }) => key !== value.key);
  const isUsed = value.id !== null && used.includes(value.id);
  const remove = translate('attributes.remove', { name });
  const move = (to: number): void => change({ values: others.toSpliced(to, 0, value) });
  return (
    <>
      <IconButton size="small" disabled={at === 0} aria-label={translate('attributes.up', { name })} onClick={() => move(at - 1)}>
        <ArrowUpward fontSize="small" />
      </IconButton>
      <IconButton size="small" disabled={at === others.length} aria-label={translate('attributes.down', { name })} onClick={() => move(at + 1)}>
        <ArrowDownward fontSize="small" />
      </IconButton>
      <Tooltip title={isUsed ? translate('attributes.value_used') : remove} describeChild disableInteractive>
        <IconButton size="small" aria-label={remove} aria-disabled={isUsed} onClick={() => !isUsed && change({ values: others })} sx={isUsed ? { opacity: 0.45, cursor: 'not-allowed' } : {}}>
          <Delete fontSize="small" />
        </IconButton>
      </Tooltip>
    </>
  );
}
