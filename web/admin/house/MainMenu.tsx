/** The menu: screens by group, only those this person may open. */
import Today from '@mui/icons-material/TodayOutlined';
import List from '@mui/material/List';
import ListItem from '@mui/material/ListItem';
import ListItemButton from '@mui/material/ListItemButton';
import ListItemIcon from '@mui/material/ListItemIcon';
import ListItemText from '@mui/material/ListItemText';
import ListSubheader from '@mui/material/ListSubheader';
import Tooltip from '@mui/material/Tooltip';
import { alpha, type Theme } from '@mui/material/styles';
import useMediaQuery from '@mui/material/useMediaQuery';
import { Fragment } from 'react';
import { useSidebarState, useTranslate } from 'react-admin';
import { NavLink } from 'react-router-dom';
import { GROUPS, SCREENS, type Screen } from '../screens';
import { may, useMe } from './me';

export function MainMenu() {
  const translate = useTranslate();
  const me = useMe();
  const [isOpen] = useSidebarState();
  const open = SCREENS.filter(({ right }) => may(me, right));
  return (
    <nav aria-label={translate('house.menu.title')}>
      <List dense sx={{ px: 1, width: isOpen ? 'auto' : 55 }}>
        <Entry name="" word={translate('dashboard.title')} icon={Today} />
        {GROUPS.filter((group) => open.some((screen) => screen.group === group)).map((group) => (
          <Fragment key={group}>
            {isOpen && (
              <ListSubheader disableSticky sx={{ lineHeight: 2.4, px: 1.5, bgcolor: 'transparent' }}>
                {translate(`house.menu.${group}`)}
              </ListSubheader>
            )}
            {open
              .filter((screen) => screen.group === group)
              .map(({ name, icon }) => (
                <Entry key={name} name={name} word={translate(`resources.${name}.name`)} icon={icon} />
              ))}
          </Fragment>
        ))}
      </List>
    </nav>
  );
}

function Entry({ name, word, icon: Icon }: Pick<Screen, 'name' | 'icon'> & { word: string }) {
  const [isOpen, setOpen] = useSidebarState();
  const isSmall = useMediaQuery((theme: Theme) => theme.breakpoints.down('md'));
  return (
    <ListItem disablePadding>
      <Tooltip title={isOpen ? '' : word} placement="right">
        <ListItemButton component={NavLink} to={`/${name}`} end={name === ''} aria-label={word} onClick={() => isSmall && setOpen(false)} sx={look}>
          <ListItemIcon sx={{ minWidth: 36, color: 'inherit' }}>
            <Icon fontSize="small" />
          </ListItemIcon>
          {isOpen && <ListItemText primary={word} slotProps={{ primary: { noWrap: true } }} />}
        </ListItemButton>
      </Tooltip>
    </ListItem>
  );
}

const look = {
  borderRadius: 2,
  px: 1.25,
  mb: 0.25,
  '&.active': { color: 'primary.main', bgcolor: (theme: Theme) => alpha(theme.palette.primary.main, 0.12), '& .MuiListItemText-primary': { fontWeight: 650 } },
};
