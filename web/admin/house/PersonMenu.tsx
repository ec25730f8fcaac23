/** What belongs to oneself: the account, the language, light or dark, and the way out. */
import DarkMode from '@mui/icons-material/DarkModeOutlined';
import Keyboard from '@mui/icons-material/KeyboardOutlined';
import ManageAccounts from '@mui/icons-material/ManageAccountsOutlined';
import Translate from '@mui/icons-material/Translate';
import Divider from '@mui/material/Divider';
import ListItemIcon from '@mui/material/ListItemIcon';
import ListItemText from '@mui/material/ListItemText';
import MenuItem from '@mui/material/MenuItem';
import { Logout, UserMenu, useLocaleState, useTheme, useTranslate, useUserMenu } from 'react-admin';
import { type ReactNode, forwardRef } from 'react';
import { useNavigate } from 'react-router-dom';
import { LANGUAGES } from './i18n';
import { useMe } from './me';
import { showShortcuts } from './shortcuts';

export function PersonMenu() {
  const me = useMe();
  const navigate = useNavigate();
  const [locale, setLocale] = useLocaleState();
  const [theme, setTheme] = useTheme();
  return (
    <UserMenu>
      <MenuItem disabled sx={{ '&.Mui-disabled': { opacity: 1 } }}>
        <ListItemText primary={me.name} secondary={me.groups.join(', ')} />
      </MenuItem>
      <Divider />
      <Item icon={<ManageAccounts />} word="account.title" onClick={() => void navigate('/account')} />
      <Item icon={<DarkMode />} word="ra.action.toggle_theme" onClick={() => setTheme(theme === 'dark' ? 'light' : 'dark')} />
      {LANGUAGES.filter((each) => each.locale !== locale).map((each) => (
        <Item key={each.locale} icon={<Translate />} word={each.name} onClick={() => setLocale(each.locale)} />
      ))}
      <Item icon={<Keyboard />} word="house.shortcuts.title" onClick={showShortcuts} />
      <Divider />
      <Logout />
    </UserMenu>
  );
}

interface ItemProps {
  icon: ReactNode;
  word: string;
  onClick: () => void;
}

const Item = forwardRef<HTMLLIElement, ItemProps>(function Item({ icon, word, onClick, ...rest }, ref) {
  const translate = useTranslate();
  const menu = useUserMenu();
  const choose = (): void => {
    menu?.onClose();
    onClick();
  };
  return (
    <MenuItem ref={ref} {...rest} onClick={choose}>
      <ListItemIcon>{icon}</ListItemIcon>
      <ListItemText>{translate(word, { _: word })}</ListItemText>
    </MenuItem>
  );
});
