import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import { removeFile } from '../../../node/remove.ts';
import type { Failure } from '../../../shared/contract/failure.ts';
import { STAGE_REFUSED_STATUS } from '../../../shared/contract/loopback-protocol.ts';
import { uuidSchema } from '../../../shared/domain/ids.ts';
import { MAX_BUNDLE_BYTES } from '../../../shared/domain/limits.ts';
import type { Application } from '../../application.ts';
import { type ContentAnswer, textAnswer } from '../content/shell-content.ts';
import { receiveBody } from './received-body.ts';

/**
 * Longer than the names of any file system; the application shortens and cleans the names that it
 * keeps.
 */
const MAX_NAME_CHARS = 1024;

const querySchema = z.object({
  project: uuidSchema,
  name: z.string().min(1).max(MAX_NAME_CHARS),
  size: z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number),
  /** When the file was last changed, in milliseconds since 1970. */
  modified: z.coerce.number().optional(),
});

type StageQuery = z.output<typeof querySchema>;

/**
 * `PUT /stage`: receives one dropped file. Its name is never used as a path: the bytes are stored
 * under a random name.
 */
export async function answerStage(
  request: IncomingMessage,
  url: URL,
  application: Application,
): Promise<ContentAnswer> {
  const query = querySchema.safeParse(Object.fromEntries(url.searchParams));
  if (!query.success) return textAnswer(400, z.prettifyError(query.error));
  if (query.data.size > MAX_BUNDLE_BYTES) return stage(application, query.data, null);
  const body = await receiveBody(request, application.receivedFilesDir, query.data.size);
  if (body.kind === 'longer') return textAnswer(413, `Received more than the announced ${query.data.size} bytes.`);
  if (body.kind === 'shorter') {
    return textAnswer(400, `Received ${body.receivedBytes} of the announced ${query.data.size} bytes.`);
  }
  return stage(application, query.data, body.path);
}

function refusedAnswer(failure: Failure): ContentAnswer {
  const headers = { 'content-type': 'application/json', 'cache-control': 'no-store' };
  return { status: STAGE_REFUSED_STATUS, headers, body: new TextEncoder().encode(JSON.stringify(failure)) };
}

async function stage(application: Application, query: StageQuery, path: string | null): Promise<ContentAnswer> {
  const file = { path, fileName: query.name, sizeBytes: query.size, isTemporary: true, modifiedAtMs: query.modified };
  try {
    const outcome = await application.stageFiles(query.project, [file]);
    if (!outcome.ok && path !== null) await removeFile(path);
    if (!outcome.ok) return refusedAnswer(outcome.failure);
  } catch (error) {
    if (path !== null) await removeFile(path);
    throw error;
  }
  return { status: 204, headers: { 'cache-control': 'no-store' }, body: new Uint8Array() };
}
