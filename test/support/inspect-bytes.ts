import { nodeCodec } from '../../node/bundle-codec.ts';
import { bytesSource } from '../../shared/gab/byte-source.ts';
import { inspectBundle } from '../../shared/gab/inspect-bundle.ts';
import type { InspectOptions } from '../../shared/gab/inspection.ts';
import type { GabReport } from '../../shared/gab/report.ts';

export const testCodec = nodeCodec;

/** The report on bytes in memory; strict and named `avatar.gab` unless said otherwise. */
export function inspectBytes(bytes: Uint8Array, options: Partial<InspectOptions> = {}): Promise<GabReport> {
  return inspectBundle(bytesSource(bytes), { fileName: 'avatar.gab', policy: 'strict', codec: testCodec, ...options });
}

/** The codes of a report, each once, sorted. */
export function codesOf(report: GabReport): string[] {
  return [...new Set(report.issues.map(({ code }) => code))].toSorted();
}
