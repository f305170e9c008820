import { errorCodeOf } from '../../../node/error-code.ts';
import { type UploadFields, uploadFieldsSchema } from '../../../shared/api/avatars.ts';
import { fieldPlace, ruleOf } from '../../../shared/domain/field-rules.ts';
import type { VersionUuid } from '../../../shared/domain/ids.ts';
import { distinctTags } from '../../../shared/domain/tags.ts';
import { fail, ok, type Result } from '../../../shared/lib/result.ts';
import type { ServiceFailure, ServiceResult } from '../../failures/service-failure.ts';
import { FILE_FIELD } from '../../http/form-uploads.ts';
import { hasBundleExtension, sanitizeOriginalName, wrongExtension } from './original-name.ts';
import { type Reception, receiveFile, type UploadedFile } from './receive-file.ts';

/**
 * One part of the form. Fields and the file come in any order; the stream of a file must be read
 * before the next part.
 */
export type UploadPart =
  | { readonly kind: 'field'; readonly name: string; readonly value: string }
  | {
      readonly kind: 'file';
      readonly name: string;
      readonly fileName: string;
      readonly bytes: AsyncIterable<Uint8Array>;
    };

/** The fields that determine what an upload does; a form has no condition. */
export interface UploadRequestFields extends UploadFields {
  /** Activate only over this version; null: over none. Absent: over any. */
  readonly expected_active_uuid?: VersionUuid | null;
}

export interface ReceivedUpload {
  readonly fields: UploadRequestFields;
  readonly file: UploadedFile;
  readonly originalName: string;
}

interface Collected {
  readonly texts: Map<string, string[]>;
  file: { readonly received: UploadedFile; readonly originalName: string } | null;
}

/**
 * Reads the whole form. Failures: `file_missing`, `file_extension`, `file_too_large`,
 * `upload_incomplete`, `storage_full`, `invalid_request`. After a failure no file is left behind;
 * after a success the caller removes the file.
 */
export async function receiveUpload(
  parts: AsyncIterable<UploadPart>,
  reception: Reception,
  discard: (file: UploadedFile) => Promise<void>,
): ServiceResult<ReceivedUpload> {
  const collected: Collected = { texts: new Map(), file: null };
  const result = await collect(parts, reception, collected);
  const checked = result.ok ? checkUpload(collected) : result;
  if (!checked.ok && collected.file) await discard(collected.file.received);
  return checked;
}

async function collect(
  parts: AsyncIterable<UploadPart>,
  reception: Reception,
  collected: Collected,
): ServiceResult<null> {
  try {
    for await (const part of parts) {
      const taken = part.kind === 'field' ? takeField(part, collected) : await takeFile(part, reception, collected);
      if (!taken.ok) return taken;
    }
    return ok(null);
  } catch (error) {
    const failure = failureOfForm(error);
    if (failure === null) throw error;
    return fail(failure);
  }
}

/**
 * Recognizes the parser's errors for a form that is cut off or malformed. Null if the form is not
 * to blame.
 */
function failureOfForm(error: unknown): ServiceFailure | null {
  const code = errorCodeOf(error);
  const message = error instanceof Error ? error.message : '';
  if (code === 'FST_MP_PREMATURE_CLOSE' || code === 'ECONNRESET' || /unexpected end|terminated early/i.test(message)) {
    return { code: 'upload_incomplete', detail: 'The form ended before it was complete. Nothing was stored.' };
  }
  if (code.startsWith('FST_') || /boundary not found|malformed/i.test(message)) {
    return { code: 'invalid_request', detail: `The form cannot be read: ${message}.` };
  }
  return null;
}

function takeField(part: UploadPart & { kind: 'field' }, { texts }: Collected): Result<null, ServiceFailure> {
  texts.set(part.name, [...(texts.get(part.name) ?? []), part.value]);
  return ok(null);
}

async function takeFile(
  part: UploadPart & { kind: 'file' },
  reception: Reception,
  collected: Collected,
): ServiceResult<null> {
  if (part.name !== FILE_FIELD || collected.file) {
    return fail({ code: 'invalid_request', detail: `The form takes one file, in the field "${FILE_FIELD}".` });
  }
  const originalName = sanitizeOriginalName(part.fileName);
  if (!hasBundleExtension(originalName)) {
    return fail(wrongExtension(originalName));
  }
  const received = await receiveFile(part.bytes, reception);
  if (!received.ok) return received;
  collected.file = { received: received.value, originalName };
  return ok(null);
}

function checkUpload({ texts, file }: Collected): Result<ReceivedUpload, ServiceFailure> {
  if (!file) return fail({ code: 'file_missing', detail: `The form has no file in the field "${FILE_FIELD}".` });
  const fields = uploadFieldsSchema.safeParse(rawFields(texts));
  if (!fields.success) {
    const errors = fields.error.issues.map((issue) => ({
      where: fieldPlace('form', issue.path),
      message: issue.message,
      ...ruleOf(issue),
    }));
    return fail({ code: 'invalid_request', detail: 'Some fields of the form are not valid.', errors });
  }
  return ok({ fields: fields.data, file: file.received, originalName: file.originalName });
}

function rawFields(texts: ReadonlyMap<string, string[]>): Record<string, unknown> {
  const last = (name: string) => texts.get(name)?.at(-1);
  // Forms also send fields that were left empty; for these, empty means absent.
  const filled = (name: string) => last(name)?.trim() || undefined;
  const tags = texts
    .get('tags')
    ?.flatMap((text) => text.split(','))
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
  return {
    lineage_uuid: filled('lineage_uuid'),
    name: filled('name'),
    description: last('description'),
    tags: tags && distinctTags(tags),
    activate: filled('activate'),
  };
}
