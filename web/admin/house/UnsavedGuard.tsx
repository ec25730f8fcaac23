/** Forms of our own: asks before unsaved changes are left behind. Forms of react-admin have `warnWhenUnsavedChanges`. */
import { useEffect } from 'react';
import { useTranslate } from 'react-admin';
import { useBlocker } from 'react-router-dom';
import { ConfirmDialog } from './ConfirmDialog';

export function UnsavedGuard({ isDirty }: { isDirty: boolean }) {
  const translate = useTranslate();
  const blocker = useBlocker(({ currentLocation, nextLocation }) => isDirty && currentLocation.pathname !== nextLocation.pathname);
  useEffect(() => {
    if (!isDirty) return undefined;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [isDirty]);
  if (blocker.state !== 'blocked') return null;
  return (
    <ConfirmDialog title={translate('house.unsaved.title')} confirm={translate('house.unsaved.leave')} isDestructive onConfirm={() => blocker.proceed()} onClose={() => blocker.reset()}>
      {translate('house.unsaved.text')}
    </ConfirmDialog>
  );
}
