import { plural } from '../lib/plural.ts';
import type { FieldRule } from './field-rules.ts';

/** What a person reads after the name of the field: "The name" "can have at most 80 characters". */
export const fieldRuleTexts: Readonly<Record<FieldRule, (limit: number | undefined) => string>> = {
  empty: () => "can't be empty",
  too_short: (limit) =>
    limit === undefined ? 'is too short' : `needs at least ${plural(limit, 'character', 'characters')}`,
  too_long: (limit) =>
    limit === undefined ? 'is too long' : `can have at most ${plural(limit, 'character', 'characters')}`,
  too_many: (limit) => (limit === undefined ? 'has too many entries' : `can have at most ${limit} entries`),
  too_low: (limit) => (limit === undefined ? 'is too low' : `must be at least ${limit.toLocaleString('en-US')}`),
  too_high: (limit) => (limit === undefined ? 'is too high' : `must be at most ${limit.toLocaleString('en-US')}`),
  repeated: () => 'has an entry twice',
  comma: () => "can't contain a comma",
  control_characters: () => "contains characters that can't be shown",
  wrong_form: () => "isn't written correctly",
  taken: () => 'is used already',
  refused: () => "isn't accepted",
};
