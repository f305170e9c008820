import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { BundleCodec } from '../../../shared/gab/codec.ts';
import { inspectBundle } from '../../../shared/gab/inspect-bundle.ts';
import { MAX_FINDINGS, MAX_TOTAL_BYTES } from '../../../shared/gab/limits.ts';
import { readThumbnail } from '../../../shared/gab/read-thumbnail.ts';
import { type GabReport, gabContainers, gabFindingSchema, gabVerdicts } from '../../../shared/gab/report.ts';
import { webCodec } from '../../../shared/gab/web-codec.ts';
import { MIB } from '../../../shared/lib/sizes.ts';
import { threadCpuMs } from '../../support/cpu-time.ts';
import { testCodec } from '../../support/inspect-bytes.ts';
import { createWatch, type Watch, watchedCodec, watchedSource } from '../../support/watched-source.ts';
import type { Mutant } from './make-mutant.ts';
import { readBackward, readForward, type SeenEntry } from './second-reading.ts';

/** CPU time of one reading. To a user, a slower one looks like a hang. */
const MAX_READING_CPU_MS = 1000;
/**
 * Memory that a reading may keep in addition to the file: the same limit as for the whole
 * application.
 */
const MAX_GROWTH_BYTES = 64 * MIB;
/** Head, tail, directory and entries, each read at most twice; local headers share small reads. */
const READ_FACTOR = 4;
const READ_SLACK_BYTES = 300_000;
/** Longest side, in pixels, of a thumbnail that is safe to decode. */
const MAX_THUMBNAIL_SIDE = 1024;
const C2PA_PATH = 'META-INF/content_credential.c2pa';

const browserCodec = webCodec({ subtle: crypto.subtle, DecompressionStream });

export interface Examination {
  readonly report: GabReport;
  /** True if the reader accepts it as a valid bundle. */
  readonly isAccepted: boolean;
  /** CPU time of this thread. */
  readonly readingMs: number;
  /** The guarantees that the reader broke; normally none. */
  readonly failures: readonly string[];
}

/** Reads a mutant with every reader and codec and reports what went wrong. */
export async function examine(mutant: Mutant): Promise<Examination> {
  const failures: string[] = [];
  const reading = await readMeasured(mutant, testCodec);
  const { report, readingMs } = reading;
  if (readingMs > MAX_READING_CPU_MS) failures.push(`took ${Math.round(readingMs)} ms of CPU time`);
  failures.push(...reading.failures, ...checkShape(report));
  const isAccepted = report.verdict.startsWith('valid');
  failures.push(...(await compareCodecs(mutant, report)), ...(await checkThumbnail(mutant.bytes)));
  if (isAccepted) failures.push(...compareReadings(mutant.bytes, report));
  if (isAccepted && mutant.kind === 'bytes') failures.push(...(await compareMeaning(mutant, report)));
  return { report, isAccepted, readingMs, failures };
}

interface Reading {
  readonly report: GabReport;
  readonly readingMs: number;
  readonly failures: readonly string[];
}

async function readMeasured({ bytes, policy }: Mutant, codec: BundleCodec): Promise<Reading> {
  const watch = createWatch();
  const heldBefore = heldBytes();
  const before = threadCpuMs();
  const report = await inspectBundle(watchedSource(bytes, watch), {
    fileName: 'mutant.gab',
    policy,
    codec: watchedCodec(codec, watch),
  });
  const readingMs = threadCpuMs(before);
  return { report, readingMs, failures: checkBounds(watch, bytes.byteLength, heldBytes() - heldBefore) };
}

function heldBytes(): number {
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

function checkBounds(watch: Watch, sizeBytes: number, growthBytes: number): string[] {
  const bounds: readonly (readonly [what: string, value: number, max: number])[] = [
    ['bytes read', watch.bytesRead, READ_FACTOR * sizeBytes + READ_SLACK_BYTES],
    ['bytes in one read', watch.largestRead, MIB],
    ['reads', watch.reads, 2000],
    ['bytes inflated', watch.bytesInflated, MAX_TOTAL_BYTES],
    ['bytes of memory kept', growthBytes, sizeBytes + MAX_GROWTH_BYTES],
  ];
  const exceeded = bounds
    .filter(([, value, max]) => value > max)
    .map(([what, value, max]) => `${value} ${what}, not ${max}`);
  return [...exceeded, ...watch.outside.map((where) => `read outside the file: ${where}`)];
}

function checkShape(report: GabReport): string[] {
  const failures: string[] = [];
  if (!gabContainers.includes(report.container) || !gabVerdicts.includes(report.verdict))
    failures.push('report: unknown word');
  if (report.issues.length > MAX_FINDINGS) failures.push(`report: ${report.issues.length} issues`);
  for (const issue of report.issues) {
    const { success } = gabFindingSchema.safeParse(issue);
    if (!success || !issue.code.startsWith(`GAB_${issue.severity[0]?.toUpperCase()}_`)) {
      failures.push(`report: malformed issue ${JSON.stringify(issue)}`);
    }
  }
  const hasErrors = report.issues.some(({ severity }) => severity === 'error');
  if (hasErrors !== (report.verdict === 'invalid')) failures.push('report: verdict and issues disagree');
  if (hasErrors && report.activatable) failures.push('report: an invalid file is activatable');
  return failures;
}

/**
 * Both codecs must produce the same findings; only the reason for a corrupt stream may be worded
 * differently.
 */
async function compareCodecs(mutant: Mutant, report: GabReport): Promise<string[]> {
  const web = await readMeasured(mutant, browserCodec);
  const gist = ({ verdict, activatable, digest, issues }: GabReport) => ({
    verdict,
    activatable,
    digest,
    issues: issues.map(({ code, path, pointer }) => [code, path, pointer]),
  });
  const [left, right] = [gist(report), gist(web.report)];
  const same = isDeepStrictEqual(left, right) && isDeepStrictEqual(report.manifest, web.report.manifest);
  const difference = same ? [] : [`codecs disagree: ${JSON.stringify(left)} and ${JSON.stringify(right)}`];
  return [...web.failures.map((failure) => `browser codec: ${failure}`), ...difference];
}

async function checkThumbnail(bytes: Buffer): Promise<string[]> {
  const watch = createWatch();
  const thumbnail = await readThumbnail(watchedSource(bytes, watch), testCodec);
  const failures = watch.outside.map((where) => `thumbnail: read outside the file: ${where}`);
  if (watch.bytesRead > MIB) failures.push(`thumbnail: ${watch.bytesRead} bytes read`);
  if (Math.max(thumbnail?.width ?? 0, thumbnail?.height ?? 0) > MAX_THUMBNAIL_SIDE)
    failures.push('thumbnail: too large to decode');
  return failures;
}

/**
 * Compares the entries of an accepted file as each of our readers sees them, and with the report.
 */
function compareReadings(bytes: Buffer, report: GabReport): string[] {
  try {
    const forward = readForward(bytes);
    const backward = readBackward(bytes);
    const failures = compareLists(forward.entries, backward.entries);
    if (forward.endOffset !== backward.directoryOffset)
      failures.push('the entries do not end where the directory begins');
    return [...failures, ...compareWithReport(forward.entries, report)];
  } catch (error) {
    return [`accepted, but another reading fails: ${String(error)}`];
  }
}

function compareLists(left: readonly SeenEntry[], right: readonly SeenEntry[]): string[] {
  const gist = (entries: readonly SeenEntry[]) =>
    entries.map((entry) => `${entry.path} ${entry.crc32} ${entry.sha256}`);
  return isDeepStrictEqual(gist(left), gist(right))
    ? []
    : [`readings disagree: ${gist(left).join()} and ${gist(right).join()}`];
}

function compareWithReport(entries: readonly SeenEntry[], report: GabReport): string[] {
  const failures: string[] = [];
  const byPath = new Map(entries.map((entry) => [entry.path, entry]));
  const manifest: unknown = JSON.parse(byPath.get('manifest.json')?.content.toString() ?? 'null');
  if (!isDeepStrictEqual(manifest, report.manifest))
    failures.push('the manifest of the report is not the one in the file');
  const listed = (report.manifest?.assets ?? []).map(({ path, size, sha256 }) => `${path} ${size} ${sha256}`);
  const found = entries
    .filter(({ path }) => !['mimetype', 'manifest.json', C2PA_PATH].includes(path))
    .map(({ path, content, sha256 }) => `${path} ${content.byteLength} ${sha256}`);
  if (!isDeepStrictEqual(listed.toSorted(), found.toSorted()))
    failures.push(`listed ${listed.join()}, found ${found.join()}`);
  if (report.digest !== digestOf(entries)) failures.push('another digest');
  return failures;
}

function digestOf(entries: readonly SeenEntry[]): string {
  const lines = entries
    .filter(({ path }) => path !== 'mimetype' && !path.startsWith('META-INF/'))
    .toSorted((left, right) => (left.path < right.path ? -1 : 1))
    .map(({ path, content, sha256 }) => `${sha256}  ${content.byteLength}  ${path}\n`);
  return `gab1:${createHash('sha256').update(lines.join('')).digest('hex')}`;
}

const baseReports = new Map<Buffer, Promise<Reading>>();

/** A change that ignores the hashes may be accepted only if it affects no hashed byte. */
async function compareMeaning({ base, policy, ...mutant }: Mutant, report: GabReport): Promise<string[]> {
  const reading =
    baseReports.get(base.bytes) ?? readMeasured({ ...mutant, base, policy, bytes: base.bytes }, testCodec);
  baseReports.set(base.bytes, reading);
  const original = (await reading).report;
  const isSame = original.digest === report.digest && isDeepStrictEqual(original.manifest, report.manifest);
  return isSame ? [] : ['accepted with another meaning than its base'];
}
