import { escapePointer } from '../json/json-pointer.ts';

// Texts of a manifest are shown on screens, in logs and in prompts. These checks find texts that
// pretend to be something else, and texts that should not be there.

export interface TextFinding {
  readonly pointer: string;
  readonly kind: 'bidi' | 'control' | 'secret';
}

const BIDI = /[\u202a-\u202e\u2066-\u2069]/;
const CONTROL = /(?![\t\n\r])\p{Cc}/u;
const CONTROL_IN_LINE = /\p{Cc}/u;
/** Fields with a single line; in all other fields, line breaks are allowed. */
const ONE_LINE_FIELDS: ReadonlySet<string> = new Set([
  'name',
  'title',
  'tags',
  'id',
  'path',
  'spdx',
  'provider',
  'url',
  'email',
]);

const SECRET_KEY =
  /(?:api[-_ ]?key|secret|passw(?:or)?d|private[-_ ]?key|access[-_ ]?key|subscription[-_ ]?key|(?:access|auth|bearer|refresh|api)[-_ ]?token|credential)/i;
const SECRET_VALUES: readonly RegExp[] = [
  /\bsk-[A-Za-z0-9_-]{20,}/,
  /\bsk_[A-Za-z0-9]{20,}/,
  /\bAKIA[0-9A-Z]{16}\b/,
  /\bAIza[0-9A-Za-z_-]{35}/,
  /\bgh[pousr]_[A-Za-z0-9]{30,}/,
  /\bxox[abprs]-[A-Za-z0-9-]{10,}/,
  /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----/,
  /\beyJ[A-Za-z0-9_-]{10,500}\.eyJ[A-Za-z0-9_-]{10,500}\./,
];
/** Shorter values ("none", "see vault") are not keys. */
const MIN_SECRET_CHARS = 8;

/**
 * Returns every suspicious text of a parsed manifest with its JSON pointer. The scanner has already
 * limited the depth.
 */
export function findSuspiciousTexts(manifest: Readonly<Record<string, unknown>>): TextFinding[] {
  const findings: TextFinding[] = [];
  visit({ value: manifest, pointer: '', field: '' }, findings);
  return findings;
}

interface Node {
  readonly value: unknown;
  readonly pointer: string;
  /** The name of the nearest field above: items of a list belong to the field of the list. */
  readonly field: string;
}

function visit({ value, pointer, field }: Node, findings: TextFinding[]): void {
  if (typeof value === 'string') inspectText({ value, pointer, field }, findings);
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries())
      visit({ value: item, pointer: `${pointer}/${index}`, field }, findings);
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    const at = `${pointer}/${escapePointer(key)}`;
    const kind = suspiciousCharacters(key, CONTROL_IN_LINE);
    if (kind) findings.push({ pointer: at, kind });
    visit({ value: item, pointer: at, field: key }, findings);
  }
}

function inspectText({ value, pointer, field }: Node & { readonly value: string }, findings: TextFinding[]): void {
  const kind = suspiciousCharacters(value, ONE_LINE_FIELDS.has(field) ? CONTROL_IN_LINE : CONTROL);
  if (kind) findings.push({ pointer, kind });
  const isKeyed = SECRET_KEY.test(field) && value.length >= MIN_SECRET_CHARS;
  if (isKeyed || SECRET_VALUES.some((pattern) => pattern.test(value))) findings.push({ pointer, kind: 'secret' });
}

function suspiciousCharacters(text: string, control: RegExp): 'bidi' | 'control' | null {
  if (BIDI.test(text)) return 'bidi';
  return control.test(text) ? 'control' : null;
}
