/** Every status the pages show: its colour and its icon; its word is `house.status.<kind>.<value>`. */
import Block from '@mui/icons-material/Block';
import CheckCircle from '@mui/icons-material/CheckCircleOutlined';
import ErrorOutline from '@mui/icons-material/ErrorOutlined';
import HelpOutline from '@mui/icons-material/HelpOutlined';
import HourglassEmpty from '@mui/icons-material/HourglassEmpty';
import LocalShipping from '@mui/icons-material/LocalShippingOutlined';
import PauseCircle from '@mui/icons-material/PauseCircleOutlined';
import Payments from '@mui/icons-material/PaymentsOutlined';
import PieChart from '@mui/icons-material/PieChartOutlined';
import RadioButtonUnchecked from '@mui/icons-material/RadioButtonUnchecked';
import TimerOff from '@mui/icons-material/TimerOffOutlined';
import Undo from '@mui/icons-material/Undo';
import type SvgIcon from '@mui/material/SvgIcon';

type Colour = 'default' | 'info' | 'success' | 'warning' | 'error';
export type Look = readonly [Colour, typeof SvgIcon];
type Looks = Record<string, Look>;

const waiting: Look = ['info', HourglassEmpty];
const none: Look = ['default', RadioButtonUnchecked];
const part: Look = ['warning', PieChart];
const done: Look = ['success', CheckCircle];
const over: Look = ['default', Block];
const bad: Look = ['error', ErrorOutline];
const unknown: Look = ['error', HelpOutline];
const moving: Look = ['info', LocalShipping];

export const STATUSES = {
  order: { placed: waiting, on_hold: ['warning', PauseCircle], completed: done, cancelled: over, expired: ['default', TimerOff] },
  payment: {
    unpaid: none,
    authorised: ['info', Payments],
    part_paid: part,
    paid: done,
    part_refunded: ['warning', Undo],
    refunded: ['default', Undo],
    overpaid: bad,
  },
  fulfilment: { unfulfilled: none, partial: part, fulfilled: moving, delivered: done },
  returns: { none, requested: ['warning', Undo], partial: part, returned: ['default', Undo] },
  line: {
    allocated: waiting,
    backordered: ['warning', HourglassEmpty],
    picked: part,
    packed: part,
    part_shipped: part,
    shipped: moving,
    delivered: done,
    cancelled: over,
    returned: ['default', Undo],
  },
  payment_state: {
    awaited: waiting,
    starting: waiting,
    pending: waiting,
    authorised: ['info', Payments],
    captured: done,
    cancelled: over,
    unknown,
  },
  refund_state: { pending: waiting, done, failed: bad, unknown },
  leg: { restocked: done, written_off: over, pending: waiting, done, failed: bad, unknown },
  shipment: {
    preparing: waiting,
    unknown,
    shipped: moving,
    ready_for_pickup: ['info', HourglassEmpty],
    delivered: done,
    returning: ['warning', Undo],
    returned: ['warning', Undo],
    abandoned: over,
  },
  customer: { active: done, disabled: over },
  consent: { given: done, refused: over, unasked: none },
  step: { running: waiting, waiting_to_retry: ['warning', HourglassEmpty], unknown, needs_person: bad },
  staff: { active: done, invited: waiting, blocked: over },
  api_key: { active: done, expired: ['default', TimerOff], revoked: over },
  process: { running: waiting, finished: done, lost: bad },
} satisfies Record<string, Looks>;

export type StatusKind = keyof typeof STATUSES;

export const lookOf = (kind: StatusKind, value: string): Look => (STATUSES[kind] as Looks)[value] ?? none;
