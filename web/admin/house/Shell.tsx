/** What stands around every page: bar, menu, news, palette and shortcuts. */
import Search from '@mui/icons-material/Search';
import Box from '@mui/material/Box';
import IconButton from '@mui/material/IconButton';
import Skeleton from '@mui/material/Skeleton';
import Tooltip from '@mui/material/Tooltip';
import { type ReactNode, Suspense, useState } from 'react';
import { AppBar, Layout, TitlePortal, useTranslate } from 'react-admin';
import { Bell } from './Bell';
import { HelpButton } from './Help';
import { MainMenu } from './MainMenu';
import { OfflineBanner } from './OfflineBanner';
import { Palette } from './Palette';
import { PersonMenu } from './PersonMenu';
import { RefreshButton } from './RefreshButton';
import { ShortcutSheet } from './ShortcutSheet';
import { LiveProvider, useLive } from './news';
import { useShortcuts } from './shortcuts';

export function Shell({ children }: { children: ReactNode }) {
  const live = useLive();
  const [opened, setOpened] = useState<'palette' | 'shortcuts' | null>(null);
  useShortcuts(setOpened);
  return (
    <LiveProvider value={live}>
      <Layout appBar={Bar} menu={MainMenu} appBarAlwaysOn sx={{ minWidth: 0, '& .RaLayout-content': { px: { xs: 1, sm: 2 }, pt: 0, pb: 2, minWidth: 0 }, '& .RaLayout-appFrame': { mt: { xs: 7, sm: 6 } } }}>
        <OfflineBanner live={live} />
        <Box sx={{ pt: 1.5 }}>
          <Suspense fallback={<Skeleton variant="rounded" height={400} />}>{children}</Suspense>
        </Box>
      </Layout>
      {opened === 'palette' && <Palette onClose={() => setOpened(null)} onShortcuts={() => setOpened('shortcuts')} />}
      {opened === 'shortcuts' && <ShortcutSheet onClose={() => setOpened(null)} />}
    </LiveProvider>
  );
}

function Bar() {
  return (
    <AppBar
      alwaysOn
      color="default"
      sx={{ bgcolor: 'background.paper', borderBottom: 1, borderColor: 'divider' }}
      userMenu={<PersonMenu />}
      toolbar={
        <>
          <Box sx={{ display: { xs: 'none', sm: 'block' } }}>
            <RefreshButton />
          </Box>
          <FindButton />
          <HelpButton />
          <Bell />
        </>
      }
    >
      <TitlePortal component="h1" variant="h1" sx={{ fontSize: { xs: '1.05rem', sm: '1.35rem' } }} />
    </AppBar>
  );
}

function FindButton() {
  const translate = useTranslate();
  const open = (): boolean => dispatchEvent(new CustomEvent('backoffice:palette'));
  return (
    <Tooltip title={`${translate('house.palette.title')} (Ctrl+K)`}>
      <IconButton color="inherit" aria-label={translate('house.palette.title')} onClick={open}>
        <Search />
      </IconButton>
    </Tooltip>
  );
}
