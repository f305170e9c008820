import type { z } from 'zod';

/**
 * Why a value of a form or a request is refused. Validators have sentences for programmers, so only
 * the rule and its limit travel to where a person reads them, and the sentence is made there.
 */
export const fieldRules = [
  'empty',
  'too_short',
  'too_long',
  'too_many',
  'too_low',
  'too_high',
  'repeated',
  'comma',
  'control_characters',
  'wrong_form',
  'taken',
  /** Anything else, such as a number in the place of a text. */
  'refused',
] as const;
export type FieldRule = (typeof fieldRules)[number];

export interface FieldProblem {
  /** The path of the value, such as `body.tags.2`. */
  readonly where: string;
  readonly rule: FieldRule;
  /** Of the rules about length, number and size. */
  readonly limit?: number | undefined;
}

/** For the `refine` of a schema: which rule it checks. */
export const checksRule = (rule: FieldRule, message: string) => ({ error: message, params: { rule } });

export const isFieldRule = (rule: unknown): rule is FieldRule => fieldRules.some((one) => one === rule);

/** What `ruleOf` reads of an issue of zod. */
export interface SchemaIssue {
  readonly code?: string | undefined;
  readonly origin?: unknown;
  readonly minimum?: unknown;
  readonly maximum?: unknown;
  readonly params?: unknown;
}

const customRule = (params: unknown): FieldRule => {
  const rule = typeof params === 'object' && params !== null && 'rule' in params ? params.rule : null;
  return isFieldRule(rule) ? rule : 'refused';
};

const numberOf = (limit: unknown): { readonly limit?: number } =>
  typeof limit === 'number' || typeof limit === 'bigint' ? { limit: Number(limit) } : {};

function tooSmall({ origin, minimum }: SchemaIssue): Omit<FieldProblem, 'where'> {
  if (origin === 'array' || (origin === 'string' && minimum === 1)) return { rule: 'empty' };
  return { rule: origin === 'string' ? 'too_short' : 'too_low', ...numberOf(minimum) };
}

function tooBig({ origin, maximum }: SchemaIssue): Omit<FieldProblem, 'where'> {
  const rule = origin === 'string' ? 'too_long' : 'too_high';
  return { rule: origin === 'array' ? 'too_many' : rule, ...numberOf(maximum) };
}

/** The rule that an issue of a schema is about. */
export function ruleOf(issue: SchemaIssue): Omit<FieldProblem, 'where'> {
  if (issue.code === 'too_small') return tooSmall(issue);
  if (issue.code === 'too_big') return tooBig(issue);
  if (issue.code === 'custom') return { rule: customRule(issue.params) };
  return { rule: issue.code === 'invalid_format' ? 'wrong_form' : 'refused' };
}

/** The first problem that a schema has with a value; null if it accepts it. `where`: its place. */
export function fieldProblem(schema: z.ZodType, value: unknown, where: string): FieldProblem | null {
  const issue = schema.safeParse(value).error?.issues[0];
  return issue ? { where: fieldPlace(where, issue.path), ...ruleOf(issue) } : null;
}

/** `path` below `part`: `body.tags.2`. */
export const fieldPlace = (part: string, path: readonly PropertyKey[]): string => [part, ...path.map(String)].join('.');
