/** The pages for those who are signed in. */
import { Admin, CustomRoutes, type I18nProvider, Resource, type Store } from 'react-admin';
import { Route } from 'react-router-dom';
import { lazy, useMemo } from 'react';
import { SCREENS } from '../screens';
import { Shell } from './Shell';
import { authProvider } from './auth';
import { dataProvider } from './data';
import { type Me, MeProvider } from './me';
import { NotFound } from './NotFound';
import { routing } from './routing';
import { darkTheme, lightTheme } from './theme';

const Account = lazy(() => import('../account/page'));
const Dashboard = lazy(() => import('../dashboard/page'));
const Notices = lazy(() => import('../notices/page'));
const AccountLink = lazy(() => import('../sign_in/AccountLink'));

interface Props {
  me: Me;
  store: Store;
  i18n: I18nProvider;
}

export default function BackOffice({ me, store, i18n }: Props) {
  const auth = useMemo(() => authProvider(me), [me]);
  return (
    <MeProvider value={me}>
      <Admin
        authProvider={auth}
        dataProvider={dataProvider}
        i18nProvider={i18n}
        store={store}
        routerProvider={routing}
        layout={Shell}
        lightTheme={lightTheme}
        darkTheme={darkTheme}
        loginPage={false}
        catchAll={NotFound}
        title="BackOffice"
        disableTelemetry
        requireAuth
      >
        {SCREENS.map(({ name, icon, list, page, create, edit }) => (
          <Resource key={name} name={name} icon={icon} list={list} show={page} create={create} edit={edit} />
        ))}
        <CustomRoutes>
          <Route path="/" element={<Dashboard />} />
          <Route path="/account" element={<Account />} />
          <Route path="/notices" element={<Notices />} />
        </CustomRoutes>
        <CustomRoutes noLayout>
          <Route path="/account-links/:token" element={<AccountLink />} />
        </CustomRoutes>
      </Admin>
    </MeProvider>
  );
}
