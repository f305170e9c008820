import { causesOf, errorCodeOf } from '../../node/error-code.ts';

/** What a log line says about an error: enough to find the place, and nothing that people typed. */
export interface ErrorFacts {
  readonly type: string;
  /** SQLSTATE, or a code of the operating system or of a package, such as `ENOENT`. */
  readonly state?: string;
  /** The kind of SQL statement and its table, without columns and parameters. */
  readonly statement?: string;
  readonly constraint?: string;
  /** Absent for errors of the database, which quote values. */
  readonly message?: string;
  /** The innermost calls; for the cause, if there is one. */
  readonly stack: readonly string[];
}

/** An entry of the log takes at most this much, whatever the error contains. */
export const MAX_ERROR_CHARS = 2000;
const MAX_MESSAGE_CHARS = 300;
const MAX_NAME_CHARS = 64;
const MAX_FRAMES = 12;
const MAX_STACK_CHARS = 10_000;

/**
 * The one serializer of errors. Threat: an error that quotes what a client sent, which may be
 * personal, secret, or so large that it fills the disk. A failed statement, for example, carries
 * its parameters, recipes included.
 */
export function describeError(error: unknown): ErrorFacts {
  const causes = causesOf(error);
  const inner = causes.at(-1);
  if (!inner) return { type: typeof error, stack: [] };
  const state = causes.map(errorCodeOf).findLast((code) => code !== '');
  const statement = causes.map(statementOf).find((found) => found !== null);
  const constraint = textProperty(inner, 'constraint');
  const facts: ErrorFacts = {
    type: cut(inner.name, MAX_NAME_CHARS),
    ...(state && { state: cut(state, MAX_NAME_CHARS) }),
    ...(statement && { statement }),
    ...(constraint && { constraint: cut(constraint, MAX_NAME_CHARS) }),
    ...(!statement && !isDatabaseError(inner) && { message: quietMessage(inner.message) }),
    stack: framesOf(inner),
  };
  return withinLimit(facts);
}

/** Drops calls until the entry is short enough. */
function withinLimit(facts: ErrorFacts): ErrorFacts {
  const isShort = facts.stack.length === 0 || JSON.stringify(facts).length <= MAX_ERROR_CHARS;
  return isShort ? facts : withinLimit({ ...facts, stack: facts.stack.slice(0, -1) });
}

/**
 * The message of an error of another program, without addresses, and not longer than a sentence.
 */
export function quietMessage(message: string): string {
  // Cut first: the pattern takes quadratic time.
  return cut(cut(message, 2 * MAX_MESSAGE_CHARS).replaceAll(/[^\s<>"'(]+@[^\s<>"')]+/g, '…@…'), MAX_MESSAGE_CHARS);
}

const cut = (text: string, maxChars: number): string =>
  text.length > maxChars ? `${text.slice(0, maxChars - 1)}…` : text;

function textProperty(error: Error, name: string): string | null {
  const value: unknown = Object.getOwnPropertyDescriptor(error, name)?.value;
  return typeof value === 'string' ? value : null;
}

/** PostgreSQL gives each of its errors a severity. */
const isDatabaseError = (error: Error): boolean => textProperty(error, 'severity') !== null;

/** `insert upload_sessions`; null for an error that is not about a statement. */
function statementOf(error: Error): string | null {
  const query = textProperty(error, 'query');
  if (query === null) return null;
  const verb = /^\s*([a-z]+)/i.exec(query)?.[1] ?? 'statement';
  const table = /\b(?:from|into|update)\s+"?([a-z_]{1,63})/i.exec(query)?.[1];
  return [cut(verb, MAX_NAME_CHARS), table].filter(Boolean).join(' ').toLowerCase();
}

/** `at name (path:line:column)`, without the message that comes first. */
function framesOf({ stack = '', message }: Error): string[] {
  const header = stack.indexOf(message);
  const calls = header < 0 ? stack : stack.slice(header + message.length);
  return calls
    .slice(0, MAX_STACK_CHARS)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at '))
    .slice(0, MAX_FRAMES)
    .map((line) => cut(line, MAX_MESSAGE_CHARS));
}
