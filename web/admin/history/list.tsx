/** Everything that was done: by whom, to what, when, from what to what; and whether it is sealed. */
import { SelectInput, TextInput, useTranslate } from 'react-admin';
import { EmptyState } from '../house/EmptyState';
import { Listing } from '../house/Listing';
import { DayFilter, SearchFilter } from '../house/filters';
import { Entries } from './Entries';
import { Narrowed } from './Narrowed';
import { Seals } from './Seals';
import { WhoFilter } from './WhoFilter';
import { SUBJECTS } from './subjects';

export default function HistoryList() {
  const translate = useTranslate();
  const subjects = SUBJECTS.map((id) => ({ id, name: translate(`history.subjects.${id}`) }));
  return (
    <>
      <Seals />
      <Listing
        columns={[]}
        exportRight="history.export"
        filters={[
          <SearchFilter key="q" label="history.search" />,
          <WhoFilter key="actor" />,
          <SelectInput key="subject" source="subject" choices={subjects} translateChoice={false} helperText={false} />,
          <TextInput key="field" source="field" helperText={false} resettable />,
          <DayFilter key="from" source="from" />,
          <DayFilter key="to" source="to" end />,
        ]}
        rows={
          <>
            <Narrowed />
            <Entries empty={<EmptyState title={translate('history.empty.title')}>{translate('history.empty.text')}</EmptyState>} />
          </>
        }
      />
    </>
  );
}
