import type { ByteSource } from './byte-source.ts';
import type { BundleCodec } from './codec.ts';
import { FindingList } from './finding-list.ts';
import type { GabManifest } from './manifest/manifest.ts';
import type { GabContainer, GabPolicy, GabReport } from './report.ts';
import type { UnpackedEntry } from './unpacked-entry.ts';
import { WindowedReader } from './windowed-reader.ts';

export interface InspectOptions {
  /** Its extension is checked; it is never opened. */
  readonly fileName: string;
  readonly policy: GabPolicy;
  readonly codec: BundleCodec;
  /** Told once what every entry was read as, by path in file order. Whether to trust them, only the report says. */
  readonly onEntries?: (entries: ReadonlyMap<string, UnpackedEntry>) => void;
}

/** What the stages of one reading share. */
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

/** Closes a reading: `invalid` is at least one error, `digest` only goes with a valid bundle. */
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
