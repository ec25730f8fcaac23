/** The pages for those who are signed in. */
import { Admin, CustomRoutes, type I18nProvider, Resource, type Store } from 'react-admin';
import { Route } from 'react-router-dom';
import { useMemo } from 'react';
import { SCREENS, sortOf } from '../screens';
import { Shell } from './Shell';
import { authProvider } from './auth';
import { askEarly, dataProvider } from './data';
import { lazy } from './lazy';
import { type Me, MeProvider, may } from './me';
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

const [path = '', search] = location.hash.slice(2).split('?');
const [name, id] = path.split('/');
const asked = SCREENS.find((screen) => screen.name === name);
/** What the address names comes while the server still tells who asks. */
export const firstPage = (asked ? ((id && asked.page) || asked.list) : Dashboard).fetch();

/** For somebody who is signed in. */
export function askForRows(me: Me): void {
  if (asked && !id && !search && may(me, asked.right)) askEarly(asked.name, sortOf(asked.name));
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
