/** An attribute's names, code and values on one sheet, saved by one button. */
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import TextField from '@mui/material/TextField';
import { useQueryClient } from '@tanstack/react-query';
import { type SubmitEvent, useEffect, useState } from 'react';
import { Title, useTranslate } from 'react-admin';
import { Link, useNavigate } from 'react-router-dom';
import { Conflict } from '../house/Conflict';
import { Guarded } from '../house/Guarded';
import { Panel } from '../house/Panel';
import { ProblemNote } from '../house/ProblemNote';
import { UnsavedGuard } from '../house/UnsavedGuard';
import { Problem } from '../house/http';
import { LANGUAGES } from '../house/i18n';
import { useMay } from '../house/me';
import { useSaving } from '../house/saving';
import { type Attribute, useNamed } from '../products/choices';
import { DeleteButton } from './DeleteButton';
import { Values } from './Values';
import { type Draft, EMPTY, bodyOf, draftOf, gapsOf, inWords } from './draft';

export interface SectionProps {
  draft: Draft;
  change: (patch: Partial<Draft>) => void;
  /** Where something is missing, once it was tried to save. */
  gaps: ReadonlySet<string>;
  isReadOnly: boolean;
}

/** None: it is new. */
export function Editor({ attribute }: { attribute?: Attribute }) {
  const translate = useTranslate();
  const navigate = useNavigate();
  const client = useQueryClient();
  const name = useNamed();
  const isReadOnly = !useMay('product.edit');
  const [saved, setSaved] = useState(() => (attribute ? draftOf(attribute) : EMPTY));
  const [version, setVersion] = useState(attribute?.version);
  const [draft, setDraft] = useState(saved);
  const [isTried, setTried] = useState(false);
  const [created, setCreated] = useState<number | null>(null);
  const isDirty = JSON.stringify(draft) !== JSON.stringify(saved);
  const missing = gapsOf(draft);
  const taken = (next: Attribute): void => {
    setSaved(draftOf(next));
    setDraft(draftOf(next));
    setVersion(next.version);
    setTried(false);
    if (!attribute) setCreated(next.id);
  };
  const { save, isPending, error, theirs, settle } = useSaving<Attribute>({
    path: '/attributes',
    known: attribute,
    told: 'attributes.saved',
    onSaved: (next) => {
      taken(next);
      return client.invalidateQueries({ queryKey: ['attributes'] });
    },
  });
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    setTried(true);
    if (!missing.size) save({ ...bodyOf(draft), version });
  };
  useEffect(() => {
    if (created !== null) void navigate(`/attributes/${created}/show`, { replace: true });
  }, [created, navigate]);
  // Changed elsewhere while nothing is typed here: it is shown at once.
  useEffect(() => {
    if (attribute && version !== undefined && attribute.version > version && !isDirty) taken(attribute);
  });
  const section: SectionProps = { draft, change: (patch) => setDraft({ ...draft, ...patch }), gaps: isTried ? missing : new Set(), isReadOnly };
  return (
    <Box component="form" noValidate onSubmit={submit} sx={{ maxWidth: 960 }}>
      <Title title={attribute ? name(attribute.names) : translate('attributes.new')} />
      <UnsavedGuard isDirty={isDirty && created === null} />
      <Panel title={translate('attributes.about')} aside={attribute && <Ways attribute={attribute} />}>
        <About {...section} />
      </Panel>
      <Panel title={translate('resources.attributes.fields.values')}>
        <Values {...section} used={attribute?.used_value_ids ?? []} />
      </Panel>
      <div aria-live="polite">
        {isTried && missing.size > 0 && <ProblemNote error={new Problem('Incomplete', translate('attributes.incomplete'), 0)} />}
        {!theirs && <ProblemNote error={error} />}
      </div>
      {!isReadOnly && (
        <Box sx={{ display: 'flex', gap: 1, mb: 2 }}>
          <Button type="submit" variant="contained" disabled={!isDirty} loading={isPending}>
            {translate('ra.action.save')}
          </Button>
          <Button component={Link} to="/attributes">
            {translate('ra.action.cancel')}
          </Button>
          <Box sx={{ flex: 1 }} />
          {attribute && <DeleteButton attribute={attribute} />}
        </Box>
      )}
      {theirs && (
        <Conflict
          mine={inWords(draft)}
          theirs={inWords(draftOf(theirs))}
          words="resources.attributes.fields"
          onKeepMine={() => save({ ...bodyOf(draft), version: theirs.version })}
          onTakeTheirs={() => {
            settle();
            taken(theirs);
          }}
          onClose={settle}
        />
      )}
    </Box>
  );
}

function About({ draft, change, gaps, isReadOnly }: SectionProps) {
  const translate = useTranslate();
  return (
    <>
      {LANGUAGES.map(({ locale, name: language }, at) => (
        <TextField
          key={locale}
          fullWidth
          margin="dense"
          label={translate('attributes.name_in', { language })}
          value={draft.names[locale] ?? ''}
          disabled={isReadOnly}
          error={gaps.has('names')}
          helperText={at === LANGUAGES.length - 1 ? translate('attributes.name_text') : undefined}
          onChange={(event) => change({ names: { ...draft.names, [locale]: event.target.value } })}
          slotProps={{ htmlInput: { maxLength: 200, lang: locale } }}
        />
      ))}
      <Box sx={{ display: 'grid', gridTemplateColumns: { sm: '2fr 1fr' }, columnGap: 2 }}>
        <TextField
          margin="dense"
          label={translate('resources.attributes.fields.code')}
          value={draft.code}
          disabled={isReadOnly}
          error={gaps.has('code')}
          helperText={translate('attributes.code_text')}
          onChange={(event) => change({ code: event.target.value.toLowerCase().replace(/[^a-z0-9_]/g, '') })}
          slotProps={{ htmlInput: { maxLength: 30 } }}
        />
        <TextField
          type="number"
          margin="dense"
          label={translate('resources.attributes.fields.position')}
          value={draft.position}
          disabled={isReadOnly}
          helperText={translate('attributes.position_text')}
          onChange={(event) => change({ position: Math.min(1e6, Math.max(0, Math.round(Number(event.target.value)))) })}
          slotProps={{ htmlInput: { min: 0, max: 1e6 } }}
        />
      </Box>
    </>
  );
}

function Ways({ attribute }: { attribute: Attribute }) {
  const translate = useTranslate();
  const filter = JSON.stringify({ subject: 'attribute', subject_id: String(attribute.id) });
  return (
    <Guarded right="history.read">
      <Button component={Link} to={`/history?${new URLSearchParams({ filter }).toString()}`}>
        {translate('history.of_this')}
      </Button>
    </Guarded>
  );
}
