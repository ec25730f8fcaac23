/** Names and descriptions, a language at a time. */
import Check from '@mui/icons-material/CheckCircleOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import TextField from '@mui/material/TextField';
import Typography from '@mui/material/Typography';
import { useId, useState } from 'react';
import { useTranslate } from 'react-admin';
import { LANGUAGES, type Language } from '../house/i18n';
import type { SectionProps } from './Editor';
import type { Text } from './draft';

const EMPTY: Text = { name: '', description: '' };

export function Texts({ draft, change, gaps, mode }: SectionProps & { mode: string }) {
  const translate = useTranslate();
  const id = useId();
  const untranslated = LANGUAGES.find(({ locale }) => locale !== draft.language && !draft.texts[locale])?.locale;
  const [language, setLanguage] = useState<Language>((mode === 'translate' && untranslated) || draft.language);
  const text = draft.texts[language] ?? EMPTY;
  const isOwn = language === draft.language;
  const isReadOnly = mode === 'read' || (mode === 'translate' && isOwn);
  const put = (patch: Partial<Text>): void => change({ texts: { ...draft.texts, [language]: { ...text, ...patch } } });
  return (
    <>
      <Tabs value={language} onChange={(_, next: Language) => setLanguage(next)} aria-label={translate('products.languages')} variant="scrollable">
        {LANGUAGES.map(({ locale, name }) => (
          <Tab
            key={locale}
            value={locale}
            id={`${id}-${locale}`}
            aria-controls={`${id}-panel`}
            label={name}
            icon={draft.texts[locale]?.name ? <Check fontSize="small" titleAccess={translate('products.is_translated')} /> : undefined}
            iconPosition="end"
            sx={{ minHeight: 44 }}
          />
        ))}
      </Tabs>
      <Box role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${language}`} sx={{ pt: 1.5 }}>
        <TextField
          fullWidth
          required={isOwn}
          margin="dense"
          label={translate('products.field.name')}
          value={text.name}
          disabled={isReadOnly}
          error={isOwn && gaps.has('name')}
          onChange={(event) => put({ name: event.target.value })}
          slotProps={{ htmlInput: { maxLength: 300, lang: language } }}
        />
        <TextField
          fullWidth
          multiline
          minRows={5}
          maxRows={16}
          margin="dense"
          label={translate('products.field.description')}
          value={text.description}
          disabled={isReadOnly}
          onChange={(event) => put({ description: event.target.value })}
          slotProps={{ htmlInput: { maxLength: 20_000, lang: language } }}
        />
        <Typography variant="caption" sx={{ color: 'text.secondary' }}>
          {translate(isOwn ? 'products.own_language' : 'products.translation_note')}
        </Typography>
        {!isOwn && mode === 'edit' && !draft.version && (
          <Button onClick={() => change({ language })} disabled={!text.name.trim()}>
            {translate('products.make_own')}
          </Button>
        )}
      </Box>
    </>
  );
}
