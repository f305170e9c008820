export type Redact = (value: unknown) => unknown;

const REMOVED = '[removed]';
const HOME = '~';
/** An error may quote all that a server sent; a sentence and a stack are shorter than this. */
const MAX_TEXT_CHARS = 8192;
/** Details are facts, not documents. What exceeds these is left out, and the entry says so. */
const MAX_ITEMS = 50;
const MAX_DEPTH = 5;

/** Values with these names are secret, whatever they look like. */
const SECRET_NAME = /pass(?:word|phrase)|secret|token|authorization|cookie|credential|recovery|signature|verifier/i;

/**
 * What is secret or personal in a text, whatever its place. Each pattern reads a text in linear time:
 * its repetitions are limited, or cannot overlap.
 */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  // Headers, as text or as JSON in a text.
  [/\b((?:proxy-)?authorization|(?:set-)?cookie)(["']?\s{0,4}[:=]\s{0,4}["']?)[^\r\n"']+/gi, `$1$2${REMOVED}`],
  [/\b(Bearer|Basic)\s+[\w.~+/=-]+/gi, `$1 ${REMOVED}`],
  // `password=...`, `"token":"..."`
  [
    /(\b[\w-]{0,40}(?:password|passphrase|secret|token|verifier|recovery_?codes?)["']?\s{0,4}[:=]\s{0,4})(?:"[^"]*"|'[^']*'|\[[^\]]*\]|[^\s,;&"'}\]]+)/gi,
    `$1${REMOVED}`,
  ],
  // Addresses: who asks, and everything that is asked.
  // A password that nobody has encoded may contain `/` and `@`.
  [/(\b[a-z][a-z0-9+.-]{0,20}:\/\/)(?:[^\s/@:"'<>]{0,200}:[^\s"'<>]{1,400}|[^\s/@"'<>]{1,400})@/gi, `$1${REMOVED}@`],
  [/(\b[a-z][a-z0-9+.-]{0,20}:\/\/[^\s?#"'<>]{1,2000})[?#][^\s"'<>]+/gi, `$1?${REMOVED}`],
  [/\bgabinet_pat_[\w-]+/g, REMOVED],
  // The token of a JSON Web Token, of a session or a link (32 random bytes), a recovery code.
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, REMOVED],
  [/(?<![\w-])(?=[\w-]{0,42}[A-Z])(?=[\w-]{0,42}[a-z])[\w-]{43}(?![\w-])/g, REMOVED],
  [/(?<![\w-])[A-Z2-7]{4}(?:-[A-Z2-7]{4}){3}(?![\w-])/g, REMOVED],
  [/[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}\.[a-z]{2,24}\b/gi, '[e-mail]'],
  // The home of anybody, also under another name of the same folder.
  [/(?:(?<![\w.~-])\/home|\/Users|\b[a-z]:[\\/]{1,2}Users)[\\/]{1,2}[^\\/\s"':]+/gi, HOME],
];

/**
 * Returns a function that takes out of plain data what may not reach a log: passwords, tokens,
 * headers, recovery codes, e-mail addresses, queries of addresses. The path of `home` becomes `~`.
 * Names of files and projects stay: without them nobody could say which file failed.
 */
export function createRedaction(home: string): Redact {
  const redactText = createTextRedaction(home);
  const redactAt = (value: unknown, depth: number): unknown => {
    if (typeof value === 'string') return redactText(value);
    if (typeof value === 'bigint' || typeof value === 'function' || typeof value === 'symbol') return String(value);
    if (typeof value !== 'object' || value === null) return value;
    if (depth > MAX_DEPTH) return '[deeper]';
    if (value instanceof Date) return Number.isNaN(value.getTime()) ? String(value) : value.toISOString();
    if (value instanceof Error) return redactText(value.stack ?? String(value));
    if (ArrayBuffer.isView(value)) return `[${value.byteLength} bytes]`;
    if (Array.isArray(value)) return redactList(value, (item) => redactAt(item, depth + 1));
    return redactObject(value, (item) => redactAt(item, depth + 1));
  };
  return (value) => redactAt(value, 0);
}

function redactList(items: readonly unknown[], redact: Redact): readonly unknown[] {
  const kept = items.slice(0, MAX_ITEMS).map((item) => redact(item));
  return items.length > MAX_ITEMS ? [...kept, `[${items.length - MAX_ITEMS} more]`] : kept;
}

function redactObject(value: object, redact: Redact): Readonly<Record<string, unknown>> {
  const entries = Object.entries(value).slice(0, MAX_ITEMS);
  return Object.fromEntries(
    entries.map(([name, item]) => [String(redact(name)), SECRET_NAME.test(name) ? removed(item) : redact(item)]),
  );
}

/** Whether there is a value may matter, and says nothing about it. */
function removed(value: unknown): unknown {
  return value === null || value === undefined || typeof value === 'boolean' ? value : REMOVED;
}

function createTextRedaction(home: string): (text: string) => string {
  const homes = homePattern(home);
  return (text) => {
    const cut = text.length > MAX_TEXT_CHARS ? `${text.slice(0, MAX_TEXT_CHARS)}... [cut]` : text;
    const short = homes === null ? cut : cut.replace(homes, HOME);
    return PATTERNS.reduce((rest, [pattern, replacement]) => rest.replace(pattern, replacement), short);
  };
}

/**
 * The folder as a path, with slashes of either kind, and as it is written in an address. Null where
 * it is a root: a `/` is not somebody's home.
 */
function homePattern(home: string): RegExp | null {
  const segments = home.split(/[\\/]+/).filter(Boolean);
  if (segments.length === 0 || (segments.length === 1 && segments[0]?.endsWith(':'))) return null;
  const start = /^[\\/]/.test(home) ? '[\\\\/]' : '';
  const written = segments.map(
    (segment) => `(?:${escapeRegExp(segment)}|${escapeRegExp(encodeURIComponent(segment))})`,
  );
  // Windows does not distinguish case; elsewhere another case is another folder, shortened for nothing.
  return new RegExp(`(?<![\\w.~-])${start}${written.join('[\\\\/]{1,2}')}(?![\\w.-])`, 'gi');
}

function escapeRegExp(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}
