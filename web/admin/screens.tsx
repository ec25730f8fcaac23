/** The table of contents of the back office: every screen, where the menu shows it and who may open it. */
import AccountTree from '@mui/icons-material/AccountTreeOutlined';
import Apartment from '@mui/icons-material/ApartmentOutlined';
import Badge from '@mui/icons-material/BadgeOutlined';
import Category from '@mui/icons-material/CategoryOutlined';
import Groups from '@mui/icons-material/GroupsOutlined';
import HistoryEdu from '@mui/icons-material/HistoryEduOutlined';
import Factory from '@mui/icons-material/FactoryOutlined';
import Inventory from '@mui/icons-material/Inventory2Outlined';
import Key from '@mui/icons-material/KeyOutlined';
import PeopleAlt from '@mui/icons-material/PeopleAltOutlined';
import PlaylistAdd from '@mui/icons-material/PlaylistAdd';
import LocalShipping from '@mui/icons-material/LocalShippingOutlined';
import Palette from '@mui/icons-material/PaletteOutlined';
import ShoppingBag from '@mui/icons-material/ShoppingBagOutlined';
import Style from '@mui/icons-material/StyleOutlined';
import Sell from '@mui/icons-material/SellOutlined';
import Settings from '@mui/icons-material/SettingsOutlined';
import type SvgIcon from '@mui/material/SvgIcon';
import type { SortPayload } from 'react-admin';
import { type Lazy, lazy } from './house/lazy';

export interface Screen {
  /** The API's resource and the folder's name; its word is `resources.<name>.name`. */
  name: string;
  group: Group;
  icon: typeof SvgIcon;
  right: string;
  /** Of its list, while nobody asks for another; by id where nothing is said. */
  sort?: SortPayload;
  list: Lazy;
  page?: Lazy;
  create?: Lazy;
  edit?: Lazy;
  /** `g o` opens the orders. */
  key?: string;
}

/** In the order of the menu; their words are `house.menu.<group>`. */
export const GROUPS = ['sales', 'catalogue', 'stock', 'customers', 'work', 'insight', 'admin'] as const;
export type Group = (typeof GROUPS)[number];

/** Of the list of that name. */
export const sortOf = (name?: string): SortPayload => SCREENS.find((screen) => screen.name === name)?.sort ?? { field: 'id', order: 'ASC' };

export const SCREENS: Screen[] = [
  {
    name: 'orders',
    group: 'sales',
    icon: ShoppingBag,
    right: 'order.read',
    sort: { field: 'placed_at', order: 'DESC' },
    list: lazy(() => import('./orders/list')),
    page: lazy(() => import('./orders/page')),
    create: lazy(() => import('./orders/create')),
    key: 'o',
  },
  {
    name: 'processes',
    group: 'sales',
    icon: AccountTree,
    right: 'process.read',
    list: lazy(() => import('./processes/list')),
    key: 'w',
  },
  {
    name: 'products',
    group: 'catalogue',
    icon: Sell,
    right: 'product.read',
    sort: { field: 'sku', order: 'ASC' },
    list: lazy(() => import('./products/list')),
    key: 'p',
  },
  {
    name: 'categories',
    group: 'catalogue',
    icon: Category,
    right: 'product.read',
    list: lazy(() => import('./categories/list')),
  },
  {
    name: 'attributes',
    group: 'catalogue',
    icon: Palette,
    right: 'product.read',
    list: lazy(() => import('./attributes/list')),
    page: lazy(() => import('./attributes/page')),
    create: lazy(() => import('./attributes/create')),
  },
  {
    name: 'product-classes',
    group: 'catalogue',
    icon: Style,
    right: 'product.read',
    list: lazy(() => import('./product-classes/list')),
  },
  {
    name: 'brands',
    group: 'catalogue',
    icon: Factory,
    right: 'product.read',
    list: lazy(() => import('./brands/list')),
  },
  {
    name: 'suppliers',
    group: 'catalogue',
    icon: LocalShipping,
    right: 'product.read',
    list: lazy(() => import('./suppliers/list')),
  },
  {
    name: 'stock',
    group: 'stock',
    icon: Inventory,
    right: 'stock.read',
    list: lazy(() => import('./stock/list')),
    page: lazy(() => import('./stock/page')),
    key: 's',
  },
  {
    name: 'customers',
    group: 'customers',
    icon: PeopleAlt,
    right: 'customer.read',
    sort: { field: 'created_at', order: 'DESC' },
    list: lazy(() => import('./customers/list')),
    page: lazy(() => import('./customers/page')),
    create: lazy(() => import('./customers/create')),
    edit: lazy(() => import('./customers/edit')),
    key: 'c',
  },
  {
    name: 'staff',
    group: 'admin',
    icon: Badge,
    right: 'staff.read',
    list: lazy(() => import('./staff/list')),
    page: lazy(() => import('./staff/page')),
    create: lazy(() => import('./staff/create')),
    edit: lazy(() => import('./staff/edit')),
    key: 'e',
  },
  {
    name: 'groups',
    group: 'admin',
    icon: Groups,
    right: 'group.read',
    list: lazy(() => import('./groups/list')),
    page: lazy(() => import('./groups/page')),
    create: lazy(() => import('./groups/create')),
  },
  {
    name: 'branches',
    group: 'admin',
    icon: Apartment,
    right: 'branch.read',
    list: lazy(() => import('./branches/list')),
    page: lazy(() => import('./branches/page')),
    create: lazy(() => import('./branches/create')),
    edit: lazy(() => import('./branches/edit')),
  },
  {
    name: 'api-keys',
    group: 'admin',
    icon: Key,
    right: 'api_key.read',
    list: lazy(() => import('./api-keys/list')),
    page: lazy(() => import('./api-keys/page')),
    create: lazy(() => import('./api-keys/create')),
  },
  {
    name: 'history',
    group: 'admin',
    icon: HistoryEdu,
    right: 'history.read',
    sort: { field: 'id', order: 'DESC' },
    list: lazy(() => import('./history/list')),
  },
  {
    name: 'custom-fields',
    group: 'admin',
    icon: PlaylistAdd,
    right: 'settings.read',
    list: lazy(() => import('./custom-fields/list')),
  },
  {
    name: 'settings',
    group: 'admin',
    icon: Settings,
    right: 'settings.read',
    list: lazy(() => import('./settings/list')),
  },
];
