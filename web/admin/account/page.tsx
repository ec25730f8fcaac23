/** One's own account: name, language and look, password, second step of signing in, sessions. */
import Box from '@mui/material/Box';
import ToggleButton from '@mui/material/ToggleButton';
import ToggleButtonGroup from '@mui/material/ToggleButtonGroup';
import { Title, useLocaleState, useTheme, useTranslate } from 'react-admin';
import { Facts } from '../house/Facts';
import { Panel } from '../house/Panel';
import { LANGUAGES } from '../house/i18n';
import { useMe } from '../house/me';
import { PasswordPanel } from './PasswordPanel';
import { SecondFactorPanel } from './SecondFactorPanel';
import { SessionsPanel } from './SessionsPanel';

export default function AccountPage() {
  const translate = useTranslate();
  const me = useMe();
  const title = translate('account.title');
  return (
    <Box sx={{ maxWidth: 720 }}>
      <Title title={title} />
      <Panel title={translate('account.person')}>
        <Facts
          facts={[
            [translate('account.name'), me.name],
            [translate('account.login'), me.login],
            [translate('account.groups'), me.groups.join(', ')],
            [translate('account.branches'), me.branches.map(({ name }) => name).join(', ')],
          ]}
        />
      </Panel>
      <LookPanel />
      <PasswordPanel />
      <SecondFactorPanel />
      <SessionsPanel />
    </Box>
  );
}

function LookPanel() {
  const translate = useTranslate();
  const [locale, setLocale] = useLocaleState();
  const [theme, setTheme] = useTheme();
  return (
    <Panel title={translate('account.look')}>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2 }}>
        <ToggleButtonGroup exclusive size="small" value={locale} aria-label={translate('account.language')} onChange={(_, chosen) => chosen && setLocale(chosen)}>
          {LANGUAGES.map(({ locale, name }) => (
            <ToggleButton key={locale} value={locale} lang={locale} sx={{ textTransform: 'none' }}>
              {name}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
        <ToggleButtonGroup exclusive size="small" value={theme} aria-label={translate('account.theme')} onChange={(_, chosen) => chosen && setTheme(chosen)}>
          {['light', 'dark'].map((each) => (
            <ToggleButton key={each} value={each} sx={{ textTransform: 'none' }}>
              {translate(`account.theme_${each}`)}
            </ToggleButton>
          ))}
        </ToggleButtonGroup>
      </Box>
    </Panel>
  );
}
