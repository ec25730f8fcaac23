/** The text of one notice in one language: what may stand in it, how it will look, and the way back to the built-in one. */
import Box from '@mui/material/Box';
import Chip from '@mui/material/Chip';
import Tab from '@mui/material/Tab';
import Tabs from '@mui/material/Tabs';
import { useState } from 'react';
import { useLocaleState, useTranslate } from 'react-admin';
import { useParams } from 'react-router-dom';
import { LANGUAGES } from '../house/i18n';
import { type Schemas, ask } from '../house/http';
import { BackToBuiltIn } from './BackToBuiltIn';
import { Placeholders } from './Placeholders';
import { Preview } from './Preview';
import { SettingsForm } from './SettingsForm';
import { type Draft, useDraft } from './draft';
import { LongText } from './LongText';
import { Text } from './inputs';

export type Template = Schemas['TemplateRead'] & { version: number };

const LONGEST_SUBJECT = 150;

export default function NoticeText() {
  const { id: event = '', '*': way = '' } = useParams();
  const [locale] = useLocaleState();
  const [language, setLanguage] = useState(locale);
  const kind = `${event}/${way}`;
  return <TextForm key={`${kind} ${language}`} kind={kind} language={language} onLanguage={setLanguage} />;
}

/** Texts have no version: whoever saves last is the one in the history. */
const versioned = (read: Schemas['TemplateRead']): Template => ({ ...read, version: 0 });

interface Props {
  kind: string;
  language: string;
  onLanguage: (language: string) => void;
}

function TextForm({ kind, language, onLanguage }: Props) {
  const translate = useTranslate();
  const [event, audience, channel] = kind.split('/');
  const path = `/settings/notices/${kind}/${language}`;
  const reading = useDraft<Template>({
    name: ['notices', kind, language],
    read: async () => versioned(await ask('GET', path)),
    write: async ({ subject, body }) => versioned(await ask('PUT', path, { subject, body })),
  });
  const way = `${translate(`settings.notices.audience.${audience}`, { _: '' })} · ${translate(`settings.notices.channel.${channel}`, { _: '' })}`;
  return (
    <SettingsForm
      title={translate(`settings.notices.event.${event}`, { _: '' })}
      steps={[[translate('settings.sections.notices.title'), '/settings/notices']]}
      lead={way}
      reading={reading}
      subject={{ subject: 'notice_template', subject_id: `${kind}/${language}` }}
      told={({ subject, body }) => ({ subject, body })}
    >
      {(draft) => (
        <>
          <Languages language={language} isDirty={draft.isDirty} onChange={onLanguage} />
          <Editor draft={draft} path={path} hasSubject={channel !== 'sms'} />
        </>
      )}
    </SettingsForm>
  );
}

/** Another language is another text: this one is saved or let go first. */
function Languages({ language, isDirty, onChange }: { language: string; isDirty: boolean; onChange: (language: string) => void }) {
  const translate = useTranslate();
  return (
    <Tabs value={language} onChange={(_, chosen: string) => onChange(chosen)} aria-label={translate('settings.fields.language')}>
      {LANGUAGES.map(({ locale, name }) => (
        <Tab key={locale} value={locale} label={name} lang={locale} disabled={isDirty && locale !== language} sx={{ textTransform: 'none' }} />
      ))}
    </Tabs>
  );
}

function Editor({ draft, path, hasSubject }: { draft: Draft<Template>; path: string; hasSubject: boolean }) {
  const translate = useTranslate();
  const { is_own, built_in, placeholders, subject, body } = draft.value;
  return (
    <>
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}>
        <Chip size="small" variant="outlined" color={is_own ? 'primary' : 'default'} label={translate(is_own ? 'settings.notices.own' : 'settings.notices.built_in')} />
        {is_own && built_in && <BackToBuiltIn path={path} onDone={draft.discard} />}
      </Box>
      <Box sx={{ display: 'grid', gridTemplateColumns: { xs: 'minmax(0, 1fr)', md: 'minmax(0, 1fr) minmax(0, 1fr)' }, gap: 2, alignItems: 'start' }}>
        <Box sx={{ display: 'grid', gap: 2 }}>
          {hasSubject && <Text draft={draft} name="subject" required longest={LONGEST_SUBJECT} />}
          <LongText draft={draft} name="body" />
          <Placeholders names={placeholders} onChoose={(name) => draft.change({ body: `${body}$${name}` })} />
        </Box>
        <Preview path={path} subject={subject} body={body} first={draft.value.preview} />
      </Box>
    </>
  );
}
