/** What is added most, one click away: every screen that can be added to, and that this person may. */
import Add from '@mui/icons-material/Add';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { may, useMe } from '../house/me';
import { SCREENS } from '../screens';

const ADDED: [screen: string, right: string][] = [
  ['orders', 'order.place'],
  ['customers', 'customer.create'],
  ['products', 'product.create'],
];

export function QuickCreation() {
  const translate = useTranslate();
  const me = useMe();
  const open = ADDED.filter(([name, right]) => may(me, right) && SCREENS.some((screen) => screen.name === name && screen.create && may(me, screen.right)));
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
      {open.map(([name]) => (
        <Button key={name} component={Link} to={`/${name}/create`} variant="outlined" startIcon={<Add />}>
          {translate(`dashboard.add.${name}`)}
        </Button>
      ))}
    </Box>
  );
}
