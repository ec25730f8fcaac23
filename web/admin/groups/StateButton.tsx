/** One right or field in the matrix: a click goes to its next state, or says why there is none. */
import Check from '@mui/icons-material/Check';
import Edit from '@mui/icons-material/EditOutlined';
import Remove from '@mui/icons-material/Remove';
import Storefront from '@mui/icons-material/StorefrontOutlined';
import Visibility from '@mui/icons-material/VisibilityOutlined';
import VisibilityOff from '@mui/icons-material/VisibilityOffOutlined';
import ButtonBase from '@mui/material/ButtonBase';
import Tooltip from '@mui/material/Tooltip';
import type SvgIcon from '@mui/material/SvgIcon';
import { type Theme, alpha } from '@mui/material/styles';
import { useTranslate } from 'react-admin';
import type { State } from './grants';

export const ICONS: Record<State, typeof SvgIcon> = {
  none: Remove,
  own: Storefront,
  all: Check,
  hidden: VisibilityOff,
  read: Visibility,
  write: Edit,
};

const STRENGTH: Record<State, number> = { none: 0, hidden: 0, own: 0.1, read: 0.1, all: 0.22, write: 0.22 };

interface Props {
  name: string;
  state: State;
  /** Those that a click goes through; one alone: it stays as it is. */
  states: State[];
  onChange?: (state: State) => void;
  /** Its name is beside the icon; otherwise row and column say it. */
  isNamed?: boolean;
  isChanged?: boolean;
}

export function StateButton({ name, state, states, onChange, isNamed = false, isChanged = false }: Props) {
  const translate = useTranslate();
  const Icon = ICONS[state];
  const isOpen = onChange !== undefined && states.length > 1;
  const word = translate(`groups.states.${state}`);
  const reason = onChange && !isOpen ? translate('groups.not_held') : '';
  const next = (): void => onChange?.(states[(states.indexOf(state) + 1) % states.length]!);
  return (
    <Tooltip title={reason || word} describeChild={!!reason}>
      <ButtonBase
        aria-label={`${name}: ${word}`}
        aria-disabled={!isOpen}
        onClick={isOpen ? next : undefined}
        sx={(theme) => look(theme, { state, isOpen, isNamed, isChanged })}
      >
        <Icon fontSize="small" aria-hidden />
        {isNamed && <span>{name.split(': ')[1]}</span>}
      </ButtonBase>
    </Tooltip>
  );
}

interface Look {
  state: State;
  isOpen: boolean;
  isNamed: boolean;
  isChanged: boolean;
}

/** Changed ones are framed until they are saved. */
const look = (theme: Theme, { state, isOpen, isNamed, isChanged }: Look) => ({
  gap: 0.75,
  minWidth: 36,
  minHeight: 32,
  px: isNamed ? 1.25 : 0.5,
  borderRadius: 1.5,
  fontFamily: 'inherit',
  fontSize: '0.85rem',
  textAlign: 'left',
  border: isOpen || isChanged ? 1 : '1px dashed',
  borderWidth: isChanged ? 2 : 1,
  borderColor: isChanged ? theme.palette.warning.main : theme.palette.divider,
  bgcolor: STRENGTH[state] ? alpha(theme.palette.primary.main, STRENGTH[state]) : 'transparent',
  color: STRENGTH[state] ? theme.palette.text.primary : theme.palette.text.secondary,
  cursor: isOpen ? 'pointer' : 'default',
  '&:hover': isOpen ? { borderColor: theme.palette.primary.main } : {},
  '&.Mui-focusVisible': { outline: `2px solid ${theme.palette.primary.main}`, outlineOffset: 1 },
});
