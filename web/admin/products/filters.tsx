/** What the list of products is narrowed down by; nothing that one may not see. */
import { AutocompleteArrayInput, AutocompleteInput, SelectArrayInput, SelectInput, TextInput, useListContext, useTranslate } from 'react-admin';
import { Guarded } from '../house/Guarded';
import { SearchFilter } from '../house/filters';
import { useMay } from '../house/me';
import { useLocations } from '../stock/locations';
import { minorOf, typed } from './MoneyField';
import { type Choice, useCardChoices, useCategoryChoices, useNamedChoices, useValueChoices } from './choices';

const MISSING = ['description', 'image', 'category', 'translation_en', 'translation_fr', 'translation_ru'];
const STOCK = ['in', 'out', 'below'];
const WIDTH = { width: { xs: '100%', sm: 160 } };

export function ProductFilters() {
  const translate = useTranslate();
  const worded = (words: string, ids: string[]) => ids.map((id) => ({ id, name: translate(`products.${words}.${id}`) }));
  return (
    <>
      <SearchFilter label="products.search" />
      <ChoiceFilter source="category" choices={useCategoryChoices()} />
      <ChoiceFilter source="brand" choices={useNamedChoices('brands')} />
      <ChoiceFilter source="supplier" choices={useNamedChoices('suppliers')} />
      <ChoiceFilter source="product_class" choices={useNamedChoices('product-classes')} />
      <SelectInput source="published" choices={worded('published', ['true', 'false'])} translateChoice={false} helperText={false} />
      <Guarded field="stock.available">
        <SelectInput source="stock" choices={worded('stock', STOCK)} translateChoice={false} helperText={false} />
        <LocationFilter />
      </Guarded>
      <Guarded field="product.price">
        <PriceFilter source="price_from" />
        <PriceFilter source="price_to" />
      </Guarded>
      <SelectArrayInput source="lacks" choices={worded('lacks', MISSING)} translateChoice={false} helperText={false} />
      <AutocompleteArrayInput source="value" choices={useValueChoices()} groupBy={({ group }: Choice) => group ?? ''} helperText={false} size="small" fullWidth={false} sx={WIDTH} />
    </>
  );
}

function ChoiceFilter({ source, choices }: { source: string; choices: Choice[] }) {
  const text = (choice: Choice): string => `${'\u2003'.repeat(choice.depth ?? 0)}${choice.name}`;
  const plain = (choice?: Choice): string => choice?.name ?? '';
  return <AutocompleteInput source={source} choices={choices} optionText={plain} renderOption={(props, choice: Choice) => <li {...props} key={choice.id}>{text(choice)}</li>} helperText={false} size="small" fullWidth={false} sx={WIDTH} />;
}

function LocationFilter() {
  const isAllowed = useMay('stock.read');
  const { data = [] } = useLocations(isAllowed);
  if (data.length < 2) return null;
  return <SelectInput source="location" choices={data.map(({ code, name, branch }) => ({ id: code, name: `${name} (${branch})` }))} translateChoice={false} helperText={false} />;
}

function PriceFilter({ source }: { source: string }) {
  const { data } = useCardChoices();
  const { filterValues } = useListContext<never>();
  const asked: unknown = (filterValues as Record<string, unknown>)['currency'];
  const currency = typeof asked === 'string' ? asked : (data?.currencies[0] ?? 'EUR');
  const digits = (minor: number | null): string => typed(minor ?? null, currency).replace(/\.0+$/, '');
  return <TextInput source={source} parse={(text: string) => minorOf(text, currency)} format={(minor: unknown) => (typeof minor === 'number' ? digits(minor) : '')} helperText={false} slotProps={{ htmlInput: { inputMode: 'decimal' } }} resettable />;
}
