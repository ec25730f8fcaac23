/** An address that leads nowhere. */
import Button from '@mui/material/Button';
import { Title, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { EmptyState } from './EmptyState';

export function NotFound() {
  const translate = useTranslate();
  const home = (
    <Button component={Link} to="/" variant="contained">
      {translate('house.home')}
    </Button>
  );
  return (
    <>
      <Title title="ra.page.not_found" />
      <EmptyState title={translate('ra.page.not_found')} action={home}>
        {translate('ra.message.not_found')}
      </EmptyState>
    </>
  );
}
