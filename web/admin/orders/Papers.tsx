/** Notes among colleagues, and files. */
import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { useLocaleState, useTranslate } from 'react-admin';
import { Guarded } from '../house/Guarded';
import { Panel } from '../house/Panel';
import { When } from '../house/When';
import { address } from '../house/http';
import type { Order } from './page';

export function Papers({ order }: { order: Order }) {
  const translate = useTranslate();
  return (
    <>
      <Guarded field="order.notes">
        <Panel title={translate('orders.notes')}>
          <Notes notes={order.notes ?? []} />
        </Panel>
      </Guarded>
      <Guarded field="order.files">
        <Panel title={translate('orders.files')}>
          <Files order={order} />
        </Panel>
      </Guarded>
    </>
  );
}

function Notes({ notes }: { notes: NonNullable<Order['notes']> }) {
  const translate = useTranslate();
  if (!notes.length) return <Typography sx={{ color: 'text.secondary' }}>{translate('orders.no_notes')}</Typography>;
  return notes.map((note) => (
    <Box key={note.id} sx={{ mb: 1 }}>
      <Typography sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>{note.text}</Typography>
      <Typography variant="caption" sx={{ color: 'text.secondary' }}>
        {note.author.name ?? note.author.actor} · <When at={note.at} />
      </Typography>
    </Box>
  ));
}

function Files({ order }: { order: Order }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const files = order.files ?? [];
  if (!files.length) return <Typography sx={{ color: 'text.secondary' }}>{translate('orders.no_files')}</Typography>;
  const size = new Intl.NumberFormat(locale, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 });
  return files.map((file) => (
    <Box key={file.id} sx={{ mb: 0.5 }}>
      <Link href={address(`/orders/${order.id}/files/${file.id}`)} download>
        {file.name}
      </Link>{' '}
      <Typography variant="caption" sx={{ color: 'text.secondary' }}>
        {size.format(Math.ceil(file.size / 1000))} · {file.author.name ?? file.author.actor}
      </Typography>
    </Box>
  ));
}
