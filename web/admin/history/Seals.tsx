/** Whether what was written can still be changed unnoticed. */
import LockClock from '@mui/icons-material/LockClockOutlined';
import Verified from '@mui/icons-material/VerifiedUserOutlined';
import Alert from '@mui/material/Alert';
import { useQuery } from '@tanstack/react-query';
import { useLocaleState, useTranslate } from 'react-admin';
import { ProblemNote } from '../house/ProblemNote';
import { When } from '../house/When';
import { type Schemas, ask } from '../house/http';

const LATE_MS = 10 * 60 * 1000; // they are made every minute

export function Seals() {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const { data, error } = useQuery({
    queryKey: ['history', 'seals'],
    queryFn: () => ask<Schemas['SealStatus']>('GET', '/history/seals'),
    refetchInterval: 60_000,
    retry: false,
  });
  if (error) return <ProblemNote error={error} />;
  if (!data) return null;
  const isLate = data.waiting_since !== null && Date.now() - Date.parse(data.waiting_since) > LATE_MS;
  const count = (number: number): string => number.toLocaleString(locale);
  return (
    <Alert severity={isLate ? 'warning' : data.last ? 'success' : 'info'} icon={data.last && !isLate ? <Verified /> : <LockClock />} sx={{ mb: 1.5, '& .MuiAlert-message': { minWidth: 0 } }}>
      {data.last ? (
        <>
          {translate('history.seals.sealed', { smart_count: data.sealed, count: count(data.sealed), number: data.last.number })} <When at={data.last.sealed_at} relative />.{' '}
        </>
      ) : (
        `${translate('history.seals.none')} `
      )}
      {data.waiting > 0 && translate('history.seals.waiting', { smart_count: data.waiting, count: count(data.waiting) })} {isLate && translate('history.seals.late')}
    </Alert>
  );
}
