import { formatBytes } from '../lib/sizes.ts';
import type { GabIssue } from './report.ts';

/** One finding for a designer: what was found, why it matters, what to do about it. */
export interface FindingText {
  readonly what: string;
  readonly why: string;
  readonly fix: string;
}

export type Explain = (issue: GabIssue) => FindingText;

export const EXPORT_AGAIN = 'Export the avatar again with a current GAB exporter.';

/** The entry the finding is about, in quotes, or words that fit the sentence without it. */
export function entryOf(issue: GabIssue, otherwise = 'A file in the bundle'): string {
  return issue.path === undefined ? otherwise : `“${issue.path}”`;
}

/** A parameter as text; reports of other versions may lack it. */
export function param(issue: GabIssue, name: string, otherwise = 'unknown'): string {
  const params = issue.params;
  const value = params && Object.hasOwn(params, name) ? params[name] : undefined;
  return value === undefined ? otherwise : String(value);
}

/** A parameter that counts bytes, as a size for people. */
export function sizeParam(issue: GabIssue, name: string): string {
  const value = Number(param(issue, name));
  return Number.isFinite(value) ? formatBytes(value) : 'unknown size';
}

/** A size to the byte, for limits that are missed by little: "52,428,801 bytes". */
export function bytesParam(issue: GabIssue, name: string): string {
  const value = Number(param(issue, name));
  return Number.isFinite(value) ? `${value.toLocaleString('en')} bytes` : 'an unknown number of bytes';
}

/** Picks the sentence for a `reason` parameter. */
export function byReason(issue: GabIssue, sentences: Readonly<Record<string, string>>, otherwise: string): string {
  const reason = param(issue, 'reason', '');
  return Object.hasOwn(sentences, reason) ? (sentences[reason] ?? otherwise) : otherwise;
}
