/** The settings' table of contents: what the index shows and where each section is. */
import Balance from '@mui/icons-material/PercentOutlined';
import Cable from '@mui/icons-material/CableOutlined';
import Currency from '@mui/icons-material/CurrencyExchangeOutlined';
import Notifications from '@mui/icons-material/NotificationsOutlined';
import Payments from '@mui/icons-material/PaymentsOutlined';
import Scale from '@mui/icons-material/ScaleOutlined';
import Shipping from '@mui/icons-material/LocalShippingOutlined';
import Store from '@mui/icons-material/StorefrontOutlined';
import Channels from '@mui/icons-material/HubOutlined';
import type SvgIcon from '@mui/material/SvgIcon';
import { type ComponentType, lazy } from 'react';

export interface Section {
  /** Its address, and its words: `settings.sections.<name>`. */
  name: string;
  icon: typeof SvgIcon;
  page: ComponentType;
  /** One of many: `/settings/channels/3`. */
  one?: ComponentType;
}

export const SECTIONS: Section[] = [
  { name: 'shop', icon: Store, page: lazy(() => import('./shop')) },
  { name: 'channels', icon: Channels, page: lazy(() => import('./channels')), one: lazy(() => import('./channel')) },
  { name: 'payments', icon: Payments, page: lazy(() => import('./payments')) },
  { name: 'shipping', icon: Shipping, page: lazy(() => import('./shipping')), one: lazy(() => import('./shipping_method')) },
  { name: 'taxes', icon: Balance, page: lazy(() => import('./taxes')) },
  { name: 'currencies', icon: Currency, page: lazy(() => import('./currencies')) },
  { name: 'units', icon: Scale, page: lazy(() => import('./units')) },
  { name: 'integrations', icon: Cable, page: lazy(() => import('./integrations')), one: lazy(() => import('./integration')) },
  { name: 'notices', icon: Notifications, page: lazy(() => import('./notices')), one: lazy(() => import('./notice_text')) },
];
