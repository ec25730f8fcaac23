/** The head of a row or a column: all of it at once. */
import ArrowDropDown from '@mui/icons-material/ArrowDropDown';
import Button from '@mui/material/Button';
import ListItemIcon from '@mui/material/ListItemIcon';
import Menu from '@mui/material/Menu';
import MenuItem from '@mui/material/MenuItem';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { ICONS } from './StateButton';
import type { State } from './grants';

interface Props {
  label: string;
  states: State[];
  onChoose?: (state: State) => void;
}

export function BulkMenu({ label, states, onChoose }: Props) {
  const translate = useTranslate();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  if (!onChoose || !states.length) return <strong>{label}</strong>;
  const choose = (state: State) => (): void => {
    setAnchor(null);
    onChoose(state);
  };
  return (
    <>
      <Button
        color="inherit"
        endIcon={<ArrowDropDown />}
        aria-haspopup="menu"
        title={translate('groups.whole', { name: label })}
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={{ fontWeight: 600, px: 0.5, textAlign: 'left', minWidth: 0 }}
      >
        {label}
      </Button>
      <Menu anchorEl={anchor} open={anchor !== null} onClose={() => setAnchor(null)}>
        {states.map((state) => {
          const Icon = ICONS[state];
          return (
            <MenuItem key={state} onClick={choose(state)}>
              <ListItemIcon>
                <Icon fontSize="small" />
              </ListItemIcon>
              {translate(`groups.states.${state}`)}
            </MenuItem>
          );
        })}
      </Menu>
    </>
  );
}
