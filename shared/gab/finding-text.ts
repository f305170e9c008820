import { isolate, sentence } from '../lib/sentence.ts';
import { formatBytes } from '../lib/sizes.ts';
import type { GabFinding } from './report.ts';

/** A finding in sentences for designers. */
export interface FindingText {
  readonly what: string;
  readonly why: string;
  readonly fix: string;
}

export type Explain = (finding: GabFinding) => FindingText;

export const EXPORT_AGAIN = 'Export the avatar again with a current GAB exporter.';

/** The entry that the finding is about, in quotes, or words that fit the sentence without it. */
export function entryOf(finding: GabFinding, otherwise = 'A file in the bundle'): string {
  return finding.path === undefined ? otherwise : sentence`“${finding.path}”`;
}

/** A parameter as text. Reports of other versions may lack it. */
export function param(finding: GabFinding, name: string, otherwise = 'unknown'): string {
  const params = finding.params;
  const value = params && Object.hasOwn(params, name) ? params[name] : undefined;
  return value === undefined ? otherwise : isolate(String(value));
}

/** A parameter with a number of bytes, as a readable size. */
export function sizeParam(finding: GabFinding, name: string): string {
  const value = Number(param(finding, name));
  return Number.isFinite(value) ? formatBytes(value) : 'unknown size';
}

/** An exact size, for limits that are exceeded by little: "52,428,801 bytes". */
export function bytesParam(finding: GabFinding, name: string): string {
  const value = Number(param(finding, name));
  return Number.isFinite(value) ? `${value.toLocaleString('en')} bytes` : 'an unknown number of bytes';
}

/** Chooses the sentence for the parameter `reason`, or for another one. */
export function byReason(
  finding: GabFinding,
  sentences: Readonly<Record<string, string>>,
  otherwise: string,
  field = 'reason',
): string {
  const reason = param(finding, field, '');
  return Object.hasOwn(sentences, reason) ? (sentences[reason] ?? otherwise) : otherwise;
}
