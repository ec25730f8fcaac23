/** The page a day begins with: what is to be done, what is stuck, what is sold, what runs out; only what one may see. */
import Box from '@mui/material/Box';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { Title, useTranslate } from 'react-admin';
import { ProblemNote } from '../house/ProblemNote';
import { useMe } from '../house/me';
import { BestProducts } from './BestProducts';
import { FirstSteps } from './FirstSteps';
import { LowStock } from './LowStock';
import { QuickCreation } from './QuickCreation';
import { Sales } from './Sales';
import { Stuck } from './Stuck';
import { ToProcess } from './ToProcess';
import { type Figures, useFigures } from './figures';

const SIDE_BY_SIDE = { display: 'grid', gridTemplateColumns: { xs: 'minmax(0, 1fr)', lg: 'repeat(2, minmax(0, 1fr))' }, columnGap: 2, alignItems: 'start' };

export default function Dashboard() {
  const translate = useTranslate();
  const me = useMe();
  const { data, error, refetch, isPending } = useFigures();
  return (
    <>
      <Title title={translate('dashboard.title')} />
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center', justifyContent: 'space-between', mb: 2 }}>
        <Typography variant="h2" component="p">
          {translate('dashboard.hello', { name: me.name })}
        </Typography>
        <QuickCreation />
      </Box>
      <FirstSteps />
      <ProblemNote error={error} onRetry={() => void refetch()} />
      {isPending && <Waiting />}
      {data && <Told figures={data} />}
    </>
  );
}

function Told({ figures }: { figures: Figures }) {
  const translate = useTranslate();
  const { to_process, sales, best_products, low_stock } = figures;
  if (!to_process && !sales && !best_products && !low_stock) {
    return <Typography sx={{ color: 'text.secondary' }}>{translate('dashboard.nothing')}</Typography>;
  }
  return (
    <>
      {to_process && <ToProcess counts={to_process} />}
      {sales && <Sales periods={sales} />}
      <Box sx={SIDE_BY_SIDE}>
        {to_process && <Stuck count={to_process.attention} />}
        {low_stock && <LowStock levels={low_stock} />}
        {best_products && <BestProducts products={best_products} />}
      </Box>
    </>
  );
}

const Waiting = () => (
  <Box sx={SIDE_BY_SIDE}>
    {[1, 2, 3, 4].map((each) => (
      <Skeleton key={each} variant="rounded" height={200} sx={{ mb: 2 }} />
    ))}
  </Box>
);
