/** Settings: an index that can be searched, and a page for each section. */
import Box from '@mui/material/Box';
import Card from '@mui/material/Card';
import CardActionArea from '@mui/material/CardActionArea';
import InputAdornment from '@mui/material/InputAdornment';
import Search from '@mui/icons-material/Search';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useState } from 'react';
import { AccessDenied, Title, useTranslate } from 'react-admin';
import { Link, Route, Routes } from 'react-router-dom';
import { EmptyState } from '../house/EmptyState';
import { NotFound } from '../house/NotFound';
import { useMay } from '../house/me';
import { SECTIONS, type Section } from './sections';

export default function Settings() {
  if (!useMay('settings.read')) return <AccessDenied />;
  return (
    <Routes>
      <Route index element={<Index />} />
      {SECTIONS.map(({ name, page: Page }) => (
        <Route key={name} path={name} element={<Page />} />
      ))}
      {SECTIONS.map(({ name, one: One }) => One && <Route key={name} path={`${name}/:id/*`} element={<One />} />)}
      <Route path="*" element={<NotFound />} />
    </Routes>
  );
}

function Index() {
  const translate = useTranslate();
  const [text, setText] = useState('');
  const found = SECTIONS.filter(({ name }) => contains(translate(`settings.sections.${name}.found_by`), text) || contains(translate(`settings.sections.${name}.title`), text) || contains(translate(`settings.sections.${name}.text`), text));
  const start = (
    <InputAdornment position="start">
      <Search fontSize="small" />
    </InputAdornment>
  );
  return (
    <Box sx={{ maxWidth: 1000 }}>
      <Title title={translate('settings.name')} />
      <TextField
        type="search"
        label={translate('settings.search')}
        value={text}
        onChange={(event) => setText(event.target.value)}
        slotProps={{ input: { startAdornment: start }, htmlInput: { 'data-search': true, maxLength: 100 } }}
        sx={{ width: { xs: 1, sm: 360 }, mb: 2 }}
      />
      <Box component="ul" sx={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fill, minmax(min(290px, 100%), 1fr))', gap: 1.5, listStyle: 'none', m: 0, p: 0 }}>
        {found.map((section) => (
          <SectionCard key={section.name} section={section} />
        ))}
      </Box>
      {!found.length && <EmptyState title={translate('house.list.none')}>{translate('settings.none_found')}</EmptyState>}
    </Box>
  );
}

function SectionCard({ section: { name, icon: Icon } }: { section: Section }) {
  const translate = useTranslate();
  return (
    <Card component="li" variant="outlined">
      <CardActionArea component={Link} to={`/settings/${name}`} sx={{ display: 'flex', gap: 1.5, alignItems: 'flex-start', justifyContent: 'flex-start', p: 2, height: 1 }}>
        <Icon color="primary" aria-hidden />
        <Box>
          <Typography variant="h2">{translate(`settings.sections.${name}.title`)}</Typography>
          <Typography variant="body2" sx={{ color: 'text.secondary' }}>
            {translate(`settings.sections.${name}.text`)}
          </Typography>
        </Box>
      </CardActionArea>
    </Card>
  );
}

const contains = (words: string, text: string): boolean => words.toLowerCase().includes(text.trim().toLowerCase());
