import type { ByteSource } from './byte-source.ts';
import { createInspectionContext, type InspectionContext, type InspectOptions, toReport } from './inspection.ts';
import { GAB_FILE_EXTENSION, MAX_FILE_BYTES } from './limits.ts';
import { readGab } from './read-gab.ts';
import { recognizeArchive } from './recognize/recognize-archive.ts';
import { recognizeBytes } from './recognize/recognize-bytes.ts';
import type { GabReport } from './report.ts';
import { SNIFF_BYTES, sniffForbidden, startsLikeGab, startsLikeZip, startsWithMimetype } from './sniff.ts';
import { ShortSourceError } from './windowed-reader.ts';
import { END_RECORD_BYTES, type EndRecordSearch, findEndRecord, MAX_END_RECORD_BYTES } from './zip/end-record.ts';
import { checkForeignSafety, readForeignDirectory } from './zip/foreign-archive.ts';

/**
 * Reads a file as a bundle and reports everything that is wrong with it (gab-format section 7). For
 * any input it returns a report: it does not throw, hang, read outside the file or inflate more
 * than the limits allow. Rejects only if the source does. Needs about 1 MiB of memory, plus what
 * the check of one asset needs.
 */
export async function inspectBundle(source: ByteSource, options: InspectOptions): Promise<GabReport> {
  const inspection = createInspectionContext(source, options);
  try {
    return await inspect(inspection);
  } catch (error) {
    if (!(error instanceof ShortSourceError)) throw error;
    // The file became shorter while it was being read.
    inspection.findings.add('GAB_E_ZIP_TRUNCATED', { params: { reason: 'file-shrank' } });
    return toReport(inspection.findings, 'unreadable');
  }
}

async function inspect(inspection: InspectionContext): Promise<GabReport> {
  const { source, findings } = inspection;
  if (source.size > 0 && source.size <= MAX_FILE_BYTES) return inspectContent(inspection);
  checkFileName(inspection);
  if (source.size === 0) findings.add('GAB_E_FILE_EMPTY');
  else findings.add('GAB_E_FILE_TOO_LARGE', { params: { sizeBytes: source.size, maxBytes: MAX_FILE_BYTES } });
  return toReport(findings, 'unreadable');
}

/** What a file is if it isn't a bundle, as parameters. */
type OtherType = { readonly type?: string; readonly file?: string };

/** A wrong name is reported together with what the file is, if that is known: a model, an archive ... */
function checkFileName({ fileName, findings }: InspectionContext, type: OtherType = {}): void {
  if (fileName.toLowerCase().endsWith(GAB_FILE_EXTENSION)) return;
  findings.add('GAB_E_EXTENSION', { params: { fileName, ...type } });
}

async function inspectContent(inspection: InspectionContext): Promise<GabReport> {
  const { reader, source, findings } = inspection;
  // A copy: views of the reader are valid only until its next call.
  const head = new Uint8Array(await reader.view(0, Math.min(SNIFF_BYTES, source.size), SNIFF_BYTES));
  const type = sniffForbidden(head);
  if (type) {
    checkFileName(inspection, { type });
    findings.add('GAB_E_FORBIDDEN_TYPE', { params: { type } });
    return toReport(findings, 'opaque');
  }
  const end = await searchEnd(inspection);
  if (!startsLikeZip(head) && !end.exact && !end.tolerant) return reportOpaque(inspection, head);
  const foreign = await reportForeign(inspection, { head, end });
  if (foreign) return foreign;
  checkFileName(inspection);
  return readGab(inspection, { end, container: startsLikeGab(head) ? 'gab' : 'zip' });
}

/** In nearly every archive, the last 22 bytes are the end record. */
async function searchEnd({ reader, source }: InspectionContext): Promise<EndRecordSearch> {
  const nearBytes = Math.min(source.size, 2 * END_RECORD_BYTES);
  const near = findEndRecord(await reader.view(source.size - nearBytes, nearBytes, nearBytes), source.size);
  if (near.tolerant && near.exact) return near;
  const farBytes = Math.min(source.size, MAX_END_RECORD_BYTES);
  return findEndRecord(await reader.view(source.size - farBytes, farBytes, farBytes), source.size);
}

function reportOpaque(inspection: InspectionContext, head: Uint8Array): GabReport {
  const { findings, policy } = inspection;
  const type = recognizeBytes(head);
  checkFileName(inspection, type === null ? {} : { type });
  findings.add(policy === 'strict' ? 'GAB_E_OPAQUE' : 'GAB_W_OPAQUE', type === null ? {} : { params: { type } });
  return toReport(findings, 'opaque');
}

/**
 * The report on an archive of another format, or `null` if the file has to be checked as a bundle.
 */
async function reportForeign(
  inspection: InspectionContext,
  { head, end }: { readonly head: Uint8Array; readonly end: EndRecordSearch },
): Promise<GabReport | null> {
  const { reader, findings, policy } = inspection;
  if (!end.tolerant || startsWithMimetype(head)) return null;
  const entries = await readForeignDirectory(reader, end.tolerant);
  if (!entries) return null;
  const recognized = recognizeArchive(entries.map(({ name }) => name));
  const params = { entries: entries.length, ...recognized };
  if (policy === 'strict') findings.add('GAB_E_FOREIGN_ZIP', { params });
  else {
    checkForeignSafety(entries, findings);
    // For a dangerous archive, only the danger is reported.
    if (!findings.hasErrors) findings.add('GAB_W_FOREIGN_ZIP', { params });
  }
  checkFileName(inspection, recognized ?? { type: 'zip' });
  return toReport(findings, 'zip');
}
