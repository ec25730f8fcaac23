/** The title of a page of the settings, and the way back. */
import Breadcrumbs from '@mui/material/Breadcrumbs';
import MuiLink from '@mui/material/Link';
import { Title, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';

export type Step = [label: string, path: string];

export function Place({ title, steps = [] }: { title: string; steps?: Step[] }) {
  const translate = useTranslate();
  const all: Step[] = [[translate('settings.name'), '/settings'], ...steps];
  return (
    <>
      <Title title={title} />
      <Breadcrumbs aria-label={translate('settings.where')} sx={{ mb: 1.5, fontSize: '0.875rem' }}>
        {all.map(([label, path]) => (
          <MuiLink key={path} component={Link} to={path} underline="hover">
            {label}
          </MuiLink>
        ))}
        <span aria-current="page">{title}</span>
      </Breadcrumbs>
    </>
  );
}
