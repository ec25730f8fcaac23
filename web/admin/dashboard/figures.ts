/** The figures of the day, and the lists behind them. */
import { useQuery } from '@tanstack/react-query';
import { type Schemas, ask } from '../house/http';

export type Figures = Schemas['DashboardRead'];
export type Period = NonNullable<Figures['sales']>[string];
export type Sum = Period['sums'][number];
export type Best = NonNullable<Figures['best_products']>[number];

const EVERY_MS = 60_000;

export function useFigures() {
  return useQuery({ queryKey: ['dashboard'], queryFn: () => ask<Figures>('GET', '/dashboard'), refetchInterval: EVERY_MS, retry: false });
}

/** Orders that were placed and not called off. */
const STANDING = ['placed', 'on_hold', 'completed'];
const OPEN = ['placed', 'on_hold'];

export const ordersIn = (filter: object): string => `/orders?filter=${encodeURIComponent(JSON.stringify(filter))}`;

export const placedIn = ({ since, until }: Period): string => ordersIn({ status: STANDING, placed_from: since, placed_to: until });

/** By the names of the API's counts: the filters of the list that shows the same. */
export const TO_PROCESS = {
  open: { status: OPEN },
  to_ship: { status: ['placed'], fulfilment: ['unfulfilled', 'partial'] },
  unpaid: { status: OPEN, payment: ['unpaid'] },
  on_hold: { status: ['on_hold'] },
  attention: { attention: true },
} as const;

/** What is counted so far is told as "1,000+". */
export const MOST_COUNTED = 1000;
