/** One branch: where it is and who works there. */
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import { Title, useTranslate } from 'react-admin';
import { Link } from 'react-router-dom';
import { Facts } from '../house/Facts';
import { Guarded } from '../house/Guarded';
import { Page } from '../house/Page';
import { Panel } from '../house/Panel';
import type { Schemas } from '../house/http';
import { Country, Kind } from './list';

type Branch = Schemas['BranchRow'];

export default function BranchPage() {
  return <Page<Branch>>{(branch) => <Content branch={branch} />}</Page>;
}

function Content({ branch }: { branch: Branch }) {
  const translate = useTranslate();
  const word = (name: string): string => translate(`resources.branches.fields.${name}`);
  return (
    <>
      <Title title={branch.name} />
      <Ways branch={branch} />
      <Box sx={{ maxWidth: 640 }}>
        <Panel title={translate('branches.about')}>
          <Facts
            facts={[
              [word('code'), branch.code],
              [word('kind'), <Kind key="kind" kind={branch.kind} />],
              [word('country'), <Country key="country" code={branch.country} />],
              [word('city'), branch.city],
              [word('postcode'), branch.postcode],
              [word('street'), branch.street],
            ]}
          />
        </Panel>
      </Box>
    </>
  );
}

const found = (filter: object): string => `filter=${encodeURIComponent(JSON.stringify(filter))}`;

function Ways({ branch }: { branch: Branch }) {
  const translate = useTranslate();
  return (
    <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, mb: 2 }}>
      <Guarded right="branch.edit">
        <Button variant="contained" component={Link} to={`/branches/${branch.id}`}>
          {translate('ra.action.edit')}
        </Button>
      </Guarded>
      <Guarded right="staff.read">
        <Button component={Link} to={`/staff?${found({ branch_id: branch.id })}`}>
          {translate('branches.who_works_here')}
        </Button>
      </Guarded>
      <Guarded right="history.read">
        <Button component={Link} to={`/history?${found({ subject: 'branch', subject_id: String(branch.id) })}`}>
          {translate('history.of_this')}
        </Button>
      </Guarded>
    </Box>
  );
}
