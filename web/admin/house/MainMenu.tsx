/** The menu: screens by group, only those this person may open. */
import List from '@mui/material/List';
import ListSubheader from '@mui/material/ListSubheader';
import { Fragment } from 'react';
import { Menu, useSidebarState, useTranslate } from 'react-admin';
import { GROUPS, SCREENS } from '../screens';
import { may, useMe } from './me';

export function MainMenu() {
  const translate = useTranslate();
  const me = useMe();
  const [isOpen] = useSidebarState();
  const open = SCREENS.filter(({ right }) => may(me, right));
  return (
    <List component="nav" aria-label={translate('house.menu.title')} sx={{ pt: 1 }}>
      {GROUPS.filter((group) => open.some((screen) => screen.group === group)).map((group) => (
        <Fragment key={group}>
          {isOpen && (
            <ListSubheader disableSticky component="p" sx={{ lineHeight: 2.2, m: 0, bgcolor: 'transparent' }}>
              {translate(`house.menu.${group}`)}
            </ListSubheader>
          )}
          {open
            .filter((screen) => screen.group === group)
            .map(({ name, icon: Icon }) => (
              <Menu.Item key={name} to={`/${name}`} primaryText={`resources.${name}.name`} leftIcon={<Icon />} />
            ))}
        </Fragment>
      ))}
    </List>
  );
}
