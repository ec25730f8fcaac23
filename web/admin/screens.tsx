/** The table of contents of the back office: every screen, where the menu shows it and who may open it. */
import ShoppingBag from '@mui/icons-material/ShoppingBagOutlined';
import type SvgIcon from '@mui/material/SvgIcon';
import { type ComponentType, lazy } from 'react';

export interface Screen {
  /** The API's resource and the folder's name; its word is `resources.<name>.name`. */
  name: string;
  group: Group;
  icon: typeof SvgIcon;
  right: string;
  list: ComponentType;
  page?: ComponentType;
  create?: ComponentType;
  edit?: ComponentType;
  /** `g o` opens the orders. */
  key?: string;
}

/** In the order of the menu; their words are `house.menu.<group>`. */
export const GROUPS = ['sales', 'catalogue', 'stock', 'customers', 'work', 'insight', 'admin'] as const;
export type Group = (typeof GROUPS)[number];

export const SCREENS: Screen[] = [
  {
    name: 'orders',
    group: 'sales',
    icon: ShoppingBag,
    right: 'order.read',
    list: lazy(() => import('./orders/list')),
    page: lazy(() => import('./orders/page')),
    key: 'o',
  },
];
