/** Failures as sentences: by their code in the chosen language, else in the server's own words. */
import { type useTranslate, useNotify, useTranslate as translating } from 'react-admin';
import { Problem } from './http';

type Translate = ReturnType<typeof useTranslate>;

export function sentence(error: unknown, translate: Translate): string {
  if (!(error instanceof Problem)) return translate('house.problems.Unexpected');
  return translate(`house.problems.${error.code}`, { _: error.message, seconds: error.retryAfterS ?? 60 });
}

/** Tells a failure in a toast. */
export function useTell(): (error: unknown) => void {
  const notify = useNotify();
  const translate = translating();
  return (error) => notify(sentence(error, translate), { type: 'error', autoHideDuration: 8000 });
}
