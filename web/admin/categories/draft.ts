/** A category while it is being typed. */
import type { Schemas } from '../house/http';
import type { Category } from '../products/choices';

export type Rule = Schemas['api__categories__RuleEdit'];
export type Condition = Rule['conditions'][number];

export interface Draft {
  names: Record<string, string>;
  parent_id: number | null;
  position: number;
  is_published: boolean;
  rule: Rule | null;
}

export const draftOf = ({ names, parent_id, position, is_published, rule }: Category): Draft => ({ names, parent_id, position, is_published, rule: rule as Rule | null });

export const emptyDraft = (parent_id: number | null, position: number): Draft => ({ names: {}, parent_id, position, is_published: false, rule: null });

/** Without the languages it has no name in. */
export const filled = (draft: Draft): Draft => ({ ...draft, names: Object.fromEntries(Object.entries(draft.names).filter(([, name]) => name.trim() !== '')) });

export const NUMBERS = ['price', 'weight_g', 'in_stock'];

export const isComplete = ({ values, criterion, currency }: Condition): boolean => values.length > 0 && (criterion !== 'price' || !!currency);

/** The rule as far as it says something; null where a condition is still open. */
export const readyRule = (rule: Rule | null): Rule | null => (rule && rule.conditions.length && rule.conditions.every(isComplete) ? rule : null);
