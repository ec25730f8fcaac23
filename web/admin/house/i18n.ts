/** Languages: the house's words, those of every screen and react-admin's own, loaded one language at a time. */
import polyglot from 'ra-i18n-polyglot';
import type { I18nProvider, StringMap, TranslationMessages } from 'react-admin';

export const LANGUAGES = [
  { locale: 'en', name: 'English' },
  { locale: 'fr', name: 'Français' },
  { locale: 'ru', name: 'Русский' },
] as const;

export type Language = (typeof LANGUAGES)[number]['locale'];

type Loaders = Record<string, () => Promise<{ default: StringMap }>>;

// A folder `words` beside a screen is all it takes: `orders/words/fr.ts` is found under `orders`.
const files: Loaders = import.meta.glob<{ default: StringMap }>('../*/words/*.ts');

const own: Record<Language, () => Promise<{ default: object }>> = {
  en: () => import('ra-language-english'),
  fr: () => import('ra-language-french'),
  ru: () => import('ra-language-russian'),
};

export const isLanguage = (text: unknown): text is Language => LANGUAGES.some(({ locale }) => locale === text);

export const languageOf = (...wishes: unknown[]): Language =>
  wishes.map((wish) => String(wish ?? '').slice(0, 2)).find(isLanguage) ?? 'en';

export async function startI18n(language: Language): Promise<I18nProvider> {
  const first = await messagesOf(language);
  document.documentElement.lang = language;
  const provider = polyglot(
    (locale: string) => (locale === language ? first : messagesOf(languageOf(locale))),
    language,
    [...LANGUAGES],
    { allowMissing: false },
  );
  return { ...provider, changeLocale: (locale, options) => provider.changeLocale(locale, options).then(() => {
    document.documentElement.lang = locale;
  }) };
}

/** Whoever opens the pages again most likely speaks as they did last time. */
export const fetchWords = (language: Language): unknown => messagesOf(language);

async function messagesOf(language: Language): Promise<TranslationMessages> {
  const screens = Object.entries(files).filter(([path]) => path.endsWith(`/${language}.ts`));
  const [ours, ...loaded] = await Promise.all([
    own[language](),
    ...screens.map(async ([path, load]) => [areaOf(path), (await load()).default] as const),
  ]);
  const areas = Object.fromEntries(loaded);
  return { ...(ours.default as TranslationMessages), ...areas, resources: areas };
}

/** An area is called like its resource, so react-admin finds `resources.orders.fields` too. `./words/en.ts` (this folder's own) is `house`. */
const areaOf = (path: string): string => /\.\.\/([^/]+)\/words/.exec(path)?.[1] ?? 'house';
