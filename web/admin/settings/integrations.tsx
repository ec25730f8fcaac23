/** Connections to providers: which are switched on, and how the last test of each went. */
import CheckCircle from '@mui/icons-material/CheckCircleOutlined';
import Chip from '@mui/material/Chip';
import ErrorIcon from '@mui/icons-material/ErrorOutlined';
import { useTranslate } from 'react-admin';
import { When } from '../house/When';
import type { Schemas } from '../house/http';
import { Many } from './Many';
import { useIntegrations } from './reads';

type Integration = Schemas['IntegrationRead'];

export default function Integrations() {
  const translate = useTranslate();
  const line = (integration: Integration) => ({
    id: integration.provider,
    name: integration.name,
    text: <LastTest integration={integration} />,
    aside: <Chip size="small" color={integration.enabled ? 'success' : 'default'} variant="outlined" label={translate(integration.enabled ? 'settings.integrations.on' : 'settings.integrations.off')} />,
  });
  return (
    <Many
      title={translate('settings.sections.integrations.title')}
      lead={translate('settings.integrations.lead')}
      path="/settings/integrations"
      read={useIntegrations()}
      line={line}
    />
  );
}

function LastTest({ integration: { provider, last_test: test } }: { integration: Integration }) {
  const translate = useTranslate();
  const Icon = test?.ok ? CheckCircle : ErrorIcon;
  return (
    <>
      {translate(`settings.integrations.what.${provider}`)}
      {test && (
        <span style={{ display: 'flex', alignItems: 'center', gap: 4 }}>
          <Icon fontSize="inherit" color={test.ok ? 'success' : 'error'} aria-hidden />
          {translate(test.ok ? 'settings.test.was_ok' : 'settings.test.was_bad')} <When at={test.at} relative />
        </span>
      )}
    </>
  );
}
