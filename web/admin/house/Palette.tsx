/** Ctrl+K: go to a screen, find anything, do something; by keyboard alone. */
import Autocomplete from '@mui/material/Autocomplete';
import Box from '@mui/material/Box';
import Dialog from '@mui/material/Dialog';
import TextField from '@mui/material/TextField';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useDeferredValue, useEffect, useState } from 'react';
import { useLocaleState, useLogout, useTheme, useTranslate } from 'react-admin';
import { useNavigate } from 'react-router-dom';
import { SCREENS } from '../screens';
import { LANGUAGES } from './i18n';
import { ask } from './http';
import { may, useMe } from './me';
import { nounOf } from './nouns';

interface Choice {
  group: string;
  label: string;
  detail?: string;
  act: () => void;
}

interface Found {
  hits: { kind: string; id: string; title: string; detail: string }[];
}

const WAIT_MS = 200;
const SHORTEST = 2;

export function Palette({ onClose, onShortcuts }: { onClose: () => void; onShortcuts: () => void }) {
  const translate = useTranslate();
  const [text, setText] = useState('');
  const found = useFound(text);
  const named = ({ label }: Choice): boolean => label.toLowerCase().includes(text.trim().toLowerCase());
  const shown = [...useScreens().filter(named), ...found, ...useActs(onShortcuts).filter(named)];
  const choose = (choice: Choice | string | null): void => {
    const chosen = typeof choice === 'string' ? shown[0] : choice; // Enter before anything was marked
    if (!chosen) return;
    onClose();
    chosen.act();
  };
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="sm" slotProps={{ paper: { 'aria-label': translate('house.palette.title') } }} sx={{ '& .MuiDialog-container': { alignItems: 'flex-start' } }}>
      <Autocomplete
        fullWidth
        open
        freeSolo
        autoHighlight
        disablePortal
        options={shown}
        groupBy={({ group }) => group}
        getOptionLabel={(choice) => (typeof choice === 'string' ? choice : choice.label)}
        getOptionKey={(choice) => (typeof choice === 'string' ? choice : `${choice.group} ${choice.label} ${choice.detail}`)}
        filterOptions={(options) => options}
        inputValue={text}
        onInputChange={(_, value) => setText(value)}
        onChange={(_, choice) => choose(choice)}
        onClose={(_, reason) => reason === 'escape' && onClose()}
        renderOption={({ key, ...props }, { label, detail }) => (
          <li key={key} {...props}>
            {label}
            {detail && <Box component="span" sx={{ color: 'text.secondary', ml: 1 }}>{detail}</Box>}
          </li>
        )}
        renderInput={(props) => (
          <Box sx={{ p: 2, pb: 1 }}>
            <TextField {...props} autoFocus label={translate('house.palette.label')} />
          </Box>
        )}
        slotProps={{ popper: { sx: { position: 'static !important', transform: 'none !important', width: '100% !important' } }, paper: { elevation: 0 }, listbox: { sx: { maxHeight: '55vh' } } }}
      />
    </Dialog>
  );
}

function useScreens(): Choice[] {
  const translate = useTranslate();
  const navigate = useNavigate();
  const me = useMe();
  const group = translate('house.palette.go');
  return SCREENS.filter(({ right }) => may(me, right)).map(({ name }) => ({
    group,
    label: translate(`resources.${name}.name`),
    act: () => void navigate(`/${name}`),
  }));
}

/** Whatever the server finds; it looks only where this person may look. */
function useFound(text: string): Choice[] {
  const translate = useTranslate();
  const navigate = useNavigate();
  const q = useSettled(useDeferredValue(text.trim()));
  const { data } = useQuery({
    queryKey: ['search', q],
    queryFn: () => ask<Found>('GET', '/search', undefined, { q }),
    enabled: q.length >= SHORTEST,
    placeholderData: keepPreviousData,
    retry: false,
  });
  if (text.trim().length < SHORTEST) return [];
  return (data?.hits ?? []).flatMap(({ kind, id, title, detail }) => {
    const screen = SCREENS.find(({ name, page }) => page && nounOf(name) === kind);
    if (!screen) return [];
    return [{ group: translate(`resources.${screen.name}.name`), label: title, detail, act: () => void navigate(`/${screen.name}/${id}/show`) }];
  });
}

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = window.setTimeout(() => setSettled(text), WAIT_MS);
    return () => window.clearTimeout(timer);
  }, [text]);
  return settled;
}

function useActs(onShortcuts: () => void): Choice[] {
  const translate = useTranslate();
  const navigate = useNavigate();
  const [theme, setTheme] = useTheme();
  const [, setLocale] = useLocaleState();
  const logout = useLogout();
  const group = translate('house.palette.act');
  const acts: [string, () => void][] = [
    [translate('account.title'), () => void navigate('/account')],
    [translate('ra.action.toggle_theme'), () => setTheme(theme === 'dark' ? 'light' : 'dark')],
    ...LANGUAGES.map(({ locale, name }): [string, () => void] => [name, () => setLocale(locale)]),
    [translate('house.shortcuts.title'), onShortcuts],
    [translate('ra.auth.logout'), () => void logout()],
  ];
  return acts.map(([label, act]) => ({ group, label, act }));
}
