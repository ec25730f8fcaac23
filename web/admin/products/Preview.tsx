/** What a customer would see of it, as it was saved, in each language; and what is still missing. */
import Alert from '@mui/material/Alert';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import ButtonGroup from '@mui/material/ButtonGroup';
import Chip from '@mui/material/Chip';
import Skeleton from '@mui/material/Skeleton';
import Typography from '@mui/material/Typography';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useLocaleState, useTranslate } from 'react-admin';
import { Facts } from '../house/Facts';
import { Money } from '../house/Money';
import { ProblemNote } from '../house/ProblemNote';
import { type Schemas, address, ask } from '../house/http';
import { LANGUAGES, type Language, languageOf } from '../house/i18n';
import type { Card } from './draft';

type Seen = Schemas['Preview'];

export function Preview({ card }: { card: Card }) {
  const translate = useTranslate();
  const [locale] = useLocaleState();
  const [language, setLanguage] = useState<Language>(languageOf(locale));
  const { data, error, refetch } = useQuery({
    queryKey: ['products', String(card.id), 'preview', language, card.version],
    queryFn: () => ask<Seen>('GET', `/product-cards/${card.id}/preview`, undefined, { language }),
    retry: false,
  });
  return (
    <>
      <ButtonGroup size="small" aria-label={translate('products.languages')} sx={{ mb: 1.5, flexWrap: 'wrap' }}>
        {LANGUAGES.map(({ locale: code, name }) => (
          <Button key={code} variant={code === language ? 'contained' : 'outlined'} aria-pressed={code === language} onClick={() => setLanguage(code)}>
            {name}
          </Button>
        ))}
      </ButtonGroup>
      <ProblemNote error={error} onRetry={() => void refetch()} />
      {data ? <Shown seen={data} language={language} /> : !error && <Skeleton variant="rounded" height={160} />}
    </>
  );
}

function Shown({ seen, language }: { seen: Seen; language: Language }) {
  const translate = useTranslate();
  const gaps = seen.gaps ?? [];
  return (
    <Box lang={language}>
      {!seen.is_published && <Alert severity="info" role="note">{translate('products.not_published')}</Alert>}
      {gaps.length > 0 && (
        <Alert severity="warning" role="note" sx={{ my: 1 }}>
          {translate('products.gaps')} {gaps.map((gap) => translate(`products.gap.${gap}`)).join(', ')}
        </Alert>
      )}
      <Box sx={{ display: 'grid', gridTemplateColumns: { xs: '1fr', sm: seen.image_ids.length ? '160px 1fr' : '1fr' }, gap: 2, mt: 1 }}>
        {seen.image_ids[0] && <Box component="img" src={address(`/product-images/${seen.image_ids[0]}`, { thumbnail: true })} alt={seen.image_texts[0]} sx={{ width: 160, maxWidth: '100%', borderRadius: 1 }} />}
        <Box sx={{ minWidth: 0 }}>
          <Typography variant="caption" sx={{ color: 'text.secondary' }}>
            {seen.categories.join(' · ')}
          </Typography>
          <Typography variant="h1" component="p">
            {seen.name}
          </Typography>
          <Typography sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', my: 1 }}>{seen.description}</Typography>
          <Facts facts={seen.characteristics.map(({ name, value }) => [name, value])} />
          <Offers seen={seen} />
        </Box>
      </Box>
    </Box>
  );
}

function Offers({ seen }: { seen: Seen }) {
  const translate = useTranslate();
  return (
    <Box component="ul" sx={{ listStyle: 'none', p: 0, mb: 0, mt: 1 }}>
      {seen.variants.map((offer) => (
        <Box component="li" key={offer.sku} sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, py: 0.25, alignItems: 'center' }}>
          {offer.name || offer.sku}
          <strong>
            <Money minor={offer.price} currency={offer.currency} />
          </strong>
          {offer.is_available !== undefined && (
            <Chip size="small" variant="outlined" color={offer.is_available ? 'success' : 'default'} label={translate(offer.is_available ? 'products.can_be_bought' : 'products.sold_out')} />
          )}
        </Box>
      ))}
    </Box>
  );
}
