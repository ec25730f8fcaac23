/** The matrix of rights: nouns by commands, and what of each noun's guarded fields is seen and set. */
import Box from '@mui/material/Box';
import MuiTable from '@mui/material/Table';
import TableBody from '@mui/material/TableBody';
import TableCell from '@mui/material/TableCell';
import TableHead from '@mui/material/TableHead';
import TableRow from '@mui/material/TableRow';
import { useTranslate } from 'react-admin';
import { Panel } from '../house/Panel';
import { useIsNarrow } from '../house/screen';
import { BulkMenu } from './BulkMenu';
import { ICONS, StateButton } from './StateButton';
import { type Cell, type Grants, type Noun, type State, allowed, fieldsOf, granted, grantedAll, rightsOf, stateOf } from './grants';

/** What most nouns have; the other commands of a noun are named beside them. */
const USUAL = ['read', 'create', 'edit', 'delete', 'export'];
const REACHES: State[] = ['none', 'own', 'all'];
const LEVELS: State[] = ['hidden', 'read', 'write'];

interface Props {
  nouns: Noun[];
  grants: Grants;
  /** As it is saved: this much may stay, and what differs from it stands out. */
  before: Grants;
  /** Without it, it is only shown. */
  onChange?: (grants: Grants) => void;
}

export function Matrix(props: Props) {
  const translate = useTranslate();
  const isNarrow = useIsNarrow();
  const guarded = props.nouns.filter(({ fields }) => fields.length);
  const named = props.nouns.filter(({ rights }) => rights.length);
  return (
    <>
      <Panel title={translate('groups.rights')}>
        <Legend states={REACHES} />
        {isNarrow ? <Blocks {...props} nouns={named} cellsOf={rightsOf} states={REACHES} /> : <Wide {...props} nouns={named} />}
      </Panel>
      <Panel title={translate('groups.seen_fields')}>
        <Legend states={LEVELS} />
        <Blocks {...props} nouns={guarded} cellsOf={fieldsOf} states={LEVELS} />
      </Panel>
    </>
  );
}

function Legend({ states }: { states: State[] }) {
  const translate = useTranslate();
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', columnGap: 2, rowGap: 0.5, mb: 1, color: 'text.secondary', fontSize: '0.85rem' }}>
      {states.map((state) => {
        const Icon = ICONS[state];
        return (
          <Box component="span" key={state} sx={{ display: 'inline-flex', alignItems: 'center', gap: 0.5 }}>
            <Icon fontSize="small" aria-hidden /> {translate(`groups.states.${state}`)}
          </Box>
        );
      })}
    </Box>
  );
}

function Wide(props: Props) {
  const translate = useTranslate();
  const cells = props.nouns.flatMap(rightsOf);
  return (
    <Box sx={{ overflowX: 'auto' }}>
      <MuiTable size="small" aria-label={translate('groups.rights')} sx={{ '& td, & th': { px: 0.75, py: 0.5 } }}>
        <TableHead>
          <TableRow>
            <TableCell>{translate('groups.noun')}</TableCell>
            {USUAL.map((command) => (
              <TableCell key={command} align="center">
                <Bulk {...props} label={translate(`groups.commands.${command}`)} cells={cells.filter(({ key }) => key.endsWith(`.${command}`))} states={REACHES} />
              </TableCell>
            ))}
            <TableCell>{translate('groups.further')}</TableCell>
          </TableRow>
        </TableHead>
        <TableBody>
          {props.nouns.map((noun) => (
            <Row key={noun.noun} {...props} noun={noun} />
          ))}
        </TableBody>
      </MuiTable>
    </Box>
  );
}

function Row({ noun, ...props }: Props & { noun: Noun }) {
  const cells = rightsOf(noun);
  const usual = USUAL.map((command) => cells.find(({ key }) => key === `${noun.noun}.${command}`));
  return (
    <TableRow hover>
      <TableCell component="th" scope="row">
        <Bulk {...props} label={useNoun()(noun.noun)} cells={cells} states={['none', ...noun.reaches]} />
      </TableCell>
      {usual.map((cell, at) => (
        <TableCell key={USUAL[at]} align="center">
          {cell && <One {...props} cell={cell} />}
        </TableCell>
      ))}
      <TableCell>
        <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.5 }}>
          {cells.filter((cell) => !usual.includes(cell)).map((cell) => <One key={cell.key} {...props} cell={cell} isNamed />)}
        </Box>
      </TableCell>
    </TableRow>
  );
}

interface BlocksProps extends Props {
  cellsOf: (noun: Noun) => Cell[];
  states: State[];
}

function Blocks({ cellsOf, states, ...props }: BlocksProps) {
  const word = useNoun();
  return props.nouns.map((noun) => (
    <Box key={noun.noun} role="group" aria-label={word(noun.noun)} sx={{ py: 1, borderTop: 1, borderColor: 'divider' }}>
      <Bulk {...props} label={word(noun.noun)} cells={cellsOf(noun)} states={states} />
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 0.75, mt: 0.5 }}>
        {cellsOf(noun).map((cell) => (
          <One key={cell.key} {...props} cell={cell} isNamed />
        ))}
      </Box>
    </Box>
  ));
}

function Bulk({ label, cells, states, grants, before, onChange }: Props & { label: string; cells: Cell[]; states: State[] }) {
  const isOpen = onChange && cells.some((cell) => allowed(cell, before).length > 1);
  return <BulkMenu label={label} states={states} onChoose={isOpen ? (state) => onChange(grantedAll(grants, cells, state, before)) : undefined} />;
}

function One({ cell, isNamed, grants, before, onChange }: Props & { cell: Cell; isNamed?: boolean }) {
  const name = useCellName()(cell);
  const state = stateOf(grants, cell);
  return (
    <StateButton
      name={name}
      state={state}
      states={allowed(cell, before)}
      isNamed={isNamed}
      isChanged={state !== stateOf(before, cell)}
      onChange={onChange && ((chosen) => onChange(granted(grants, cell, chosen)))}
    />
  );
}

export function useNoun(): (noun: string) => string {
  const translate = useTranslate();
  return (noun) => translate(`groups.nouns.${noun}`, { _: noun.replaceAll('_', ' ') });
}

function useCellName(): (cell: Cell) => string {
  const translate = useTranslate();
  const noun = useNoun();
  return (cell) => `${noun(cell.noun)}: ${translate(cell.word, { _: cell.key.slice(cell.key.indexOf('.') + 1).replaceAll('_', ' ') })}`;
}

/** `order.read` and `order.total` in words. */
export function useGrantName(): (key: string, kind: Cell['kind']) => string {
  const translate = useTranslate();
  const word = useNoun();
  return (key, kind) => {
    const [noun = '', name = ''] = key.split('.');
    const area = kind === 'rights' ? 'commands' : 'guarded';
    return `${word(noun)}: ${translate(`groups.${area}.${name}`, { _: name.replaceAll('_', ' ') })}`;
  };
}
