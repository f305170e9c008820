import type { ByteSource } from './byte-source.ts';
import type { BundleCodec } from './codec.ts';
import { FindingList } from './finding-list.ts';
import type { GabManifest } from './manifest/manifest.ts';
import type { GabContainer, GabPolicy, GabReport } from './report.ts';
import type { UnpackedEntry } from './unpacked-entry.ts';
import { WindowedReader } from './windowed-reader.ts';

export interface InspectOptions {
  /** Only its extension is checked; the file is never opened by name. */
  readonly fileName: string;
  readonly policy: GabPolicy;
  readonly codec: BundleCodec;
  /**
   * Called once with the read entries, by path in file order. Only the report says whether they can
   * be trusted.
   */
  readonly onEntries?: (entries: ReadonlyMap<string, UnpackedEntry>) => void;
}

/** What the stages of one check share. */
export interface InspectionContext extends InspectOptions {
  readonly source: ByteSource;
  readonly reader: WindowedReader;
  readonly findings: FindingList;
}

export function createInspectionContext(source: ByteSource, options: InspectOptions): InspectionContext {
  return { ...options, source, reader: new WindowedReader(source), findings: new FindingList() };
}

export interface ReadContents {
  readonly manifest?: GabManifest;
  readonly digest?: string;
}

/**
 * Creates the report. It is `invalid` if there is at least one error; only valid bundles have a
 * `digest`.
 */
export function toReport(
  findings: FindingList,
  container: GabContainer,
  { manifest, digest }: ReadContents = {},
): GabReport {
  const isBundle = container === 'gab';
  const valid = findings.hasWarnings ? 'valid-with-warnings' : 'valid';
  return {
    container,
    verdict: findings.hasErrors ? 'invalid' : isBundle ? valid : 'opaque',
    activatable: isBundle && !findings.blocksActivation,
    issues: findings.toReport(),
    ...(manifest && { manifest }),
    ...(digest !== undefined && !findings.hasErrors && { digest }),
  };
}
