/** From the first sign-in to the first order: five steps, ticked off by what is really there. */
import CheckCircle from '@mui/icons-material/CheckCircle';
import RadioButtonUnchecked from '@mui/icons-material/RadioButtonUnchecked';
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { useQueries } from '@tanstack/react-query';
import { useTranslate } from 'react-admin';
import { Link as RouterLink } from 'react-router-dom';
import { Panel } from '../house/Panel';
import { ask } from '../house/http';
import { type Me, may, useMe } from '../house/me';
import { SCREENS } from '../screens';

type Rows = { rows: unknown[] };

interface Step {
  name: 'shop' | 'shipping' | 'product' | 'stock' | 'order';
  right: string;
  /** Screens that lead there; the first that exists is taken. */
  screens: string[];
  isDone: () => Promise<boolean>;
}

const some = (path: string) => async (): Promise<boolean> => (await ask<Rows>('GET', path, undefined, { limit: 1 })).rows.length > 0;

const STEPS: Step[] = [
  { name: 'shop', right: 'settings.read', screens: ['settings/shop', 'settings'], isDone: async () => (await ask<{ name: string }>('GET', '/settings/shop')).name.trim() !== '' },
  { name: 'shipping', right: 'settings.read', screens: ['settings/shipping', 'settings'], isDone: async () => (await ask<unknown[]>('GET', '/settings/shipping-methods')).length > 0 },
  { name: 'product', right: 'product.read', screens: ['products'], isDone: some('/products') },
  { name: 'stock', right: 'stock.read', screens: ['stock'], isDone: some('/stock') },
  { name: 'order', right: 'order.read', screens: ['orders'], isDone: some('/orders') },
];

/** For whoever sets up the shop; gone with the first order. */
export function FirstSteps() {
  const translate = useTranslate();
  const me = useMe();
  const isOwner = STEPS.every(({ right }) => may(me, right));
  const found = useQueries({
    queries: STEPS.map(({ name, isDone }) => ({ queryKey: ['first-steps', name], queryFn: isDone, enabled: isOwner, retry: false })),
  });
  const done = found.map(({ data }) => data);
  if (!isOwner || done.some((each) => each === undefined) || done.at(-1)) return null;
  return (
    <Panel title={translate('dashboard.first_steps.title')}>
      <Typography sx={{ color: 'text.secondary', mb: 1 }}>{translate('dashboard.first_steps.text')}</Typography>
      <Box component="ol" sx={{ listStyle: 'none', m: 0, p: 0 }}>
        {STEPS.map((step, at) => (
          <StepLine key={step.name} step={step} isDone={!!done[at]} to={wayTo(step, me)} />
        ))}
      </Box>
    </Panel>
  );
}

function StepLine({ step, isDone, to }: { step: Step; isDone: boolean; to: string | undefined }) {
  const translate = useTranslate();
  const Icon = isDone ? CheckCircle : RadioButtonUnchecked;
  const title = translate(`dashboard.first_steps.${step.name}`);
  return (
    <Box component="li" sx={{ display: 'flex', gap: 1.5, py: 0.75 }}>
      <Icon color={isDone ? 'success' : 'disabled'} titleAccess={translate(isDone ? 'dashboard.first_steps.done' : 'dashboard.first_steps.open')} />
      <div>
        <Typography sx={{ fontWeight: 600 }}>
          {to && !isDone ? (
            <Link component={RouterLink} to={to}>
              {title}
            </Link>
          ) : (
            title
          )}
        </Typography>
        <Typography variant="body2" sx={{ color: 'text.secondary' }}>
          {translate(`dashboard.first_steps.${step.name}_text`)}
        </Typography>
      </div>
    </Box>
  );
}

function wayTo({ screens }: Step, me: Me): string | undefined {
  const found = SCREENS.find((screen) => screens.includes(screen.name) && may(me, screen.right));
  return found && `/${found.name}${found.create ? '/create' : ''}`;
}
