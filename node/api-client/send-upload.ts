import type { AvatarResponse, AvatarUploadResponse } from '../../shared/api/avatars.ts';
import type { UploadPlan } from '../../shared/api/upload-sessions.ts';
import type { Failure, FailureCode } from '../../shared/contract/failure.ts';
import type { AvatarUuid, VersionUuid } from '../../shared/domain/ids.ts';
import type { Chunk } from '../../shared/domain/recipe/chunk-list.ts';
import { type FileRange, rangesFrom, streamRanges } from '../../shared/domain/recipe/stream-ranges.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { ApiClient } from './api-client.ts';
import { type ApiFailure, contractFailure } from './api-failure.ts';
import type { UploadDescription } from './describe-upload.ts';
import type { Pace } from './pace.ts';
import { announceUpload, finishUpload, forgetUpload, sendChunkLists, sendUploadStream } from './upload-session.ts';

/** How often the server may report another position before this counts as a refusal. */
const MAX_ATTEMPTS = 4;

/**
 * The server has other bytes than we assumed. We ask for its plan again and continue from there.
 */
const OUT_OF_STEP: ReadonlySet<FailureCode> = new Set(['upload_position', 'upload_unfinished', 'upload_restart']);

export type SentUpload =
  | { readonly kind: 'stored'; readonly avatar: AvatarUploadResponse }
  /** The project already had these bytes, so nothing was sent. */
  | { readonly kind: 'duplicate'; readonly avatar: AvatarResponse };

/** `file`: the private copy cannot be read, or is not what was checked. */
export type SendFailure = ApiFailure | (Failure & { readonly kind: 'file' });

/** What an upload reads of files. Failures are those of the disk. */
export interface UploadFiles {
  /** Returns what a file consists of. */
  describe(file: { readonly path: string }): Promise<Result<UploadDescription, Failure>>;
  /** Cuts parts of a file into chunks: one list for each range. */
  chunk(part: {
    readonly path: string;
    readonly ranges: readonly FileRange[];
  }): Promise<Result<readonly (readonly Chunk[])[], Failure>>;
  /** Reads a whole file and returns its size and hash. */
  measure(file: {
    readonly path: string;
  }): Promise<Result<{ readonly sizeBytes: number; readonly sha256: string }, Failure>>;
}

/** How a running upload reports its progress, and the signal that stops it. */
export interface UploadRun {
  readonly signal: AbortSignal;
  /** Reports how many bytes of the file have arrived. */
  progress(doneBytes: number): void;
  /** Reports the bytes that were sent so far, and all that must be sent. */
  traveled(sentBytes: number, streamBytes: number): void;
  enter(state: 'sending' | 'checking'): void;
}

export interface UploadServices {
  readonly api: ApiClient;
  readonly fileWorkers: UploadFiles;
  /** Limits the bandwidth of all uploads together. */
  readonly pace: Pace;
}

type SendResult<Value> = Promise<Result<Value, SendFailure>>;

/** A file to upload, and where its version goes. The desktop keeps it as a row. */
export interface UploadToSend {
  /** The idempotency key: an upload with the same ID continues. */
  readonly id: string;
  readonly projectUuid: string;
  readonly fileName: string;
  /** Of the whole file, which is compared with it while it is sent. */
  readonly sha256: string;
  /** Where the file is. */
  readonly copyPath: string | null;
  /** The avatar that gets a version; null for a new avatar. */
  readonly avatarUuid: AvatarUuid | null;
  /** Of a new avatar; null: as the bundle says. */
  readonly newName: string | null;
  readonly newTags: readonly string[] | null;
  readonly description: string | null;
  readonly activate: boolean;
  /** Activates only over this version; null: over none. */
  readonly activateOver: VersionUuid | null;
}

/**
 * Uploads one file: describes its content, sends the bytes that the server lacks, and has them
 * stored. Continues where an earlier attempt stopped, even one of an earlier process. Resolves
 * after the server's commit.
 */
export async function sendUpload(services: UploadServices, row: UploadToSend, run: UploadRun): SendResult<SentUpload> {
  run.enter('sending');
  const path = row.copyPath ?? '';
  const described = await services.fileWorkers.describe({ path });
  if (!described.ok) return fail({ ...described.failure, kind: 'file' });
  // The copy is verified while its bytes are sent. Verifying it first would delay the upload.
  const otherFile = new AbortController();
  const verify = async () => {
    const fault = await checkCopy(services, row, path);
    if (fault !== null) otherFile.abort();
    return fault;
  };
  const verified = unlessStopped(verify(), run.signal);
  const signal = AbortSignal.any([run.signal, otherFile.signal]);
  const exchange = new UploadExchange(services, { row, run, signal, verified, path, file: described.value });
  const [sent, fault] = await Promise.all([exchange.run(), verified]);
  if (sent.ok || fault === null) return sent;
  await forgetUpload(services.api, row.id);
  return fail({ ...fault, kind: 'file' });
}

/** Returns null if the copy is intact. Someone who cleans up the disk may have changed it. */
async function checkCopy({ fileWorkers }: UploadServices, row: UploadToSend, path: string): Promise<Failure | null> {
  const measured = await fileWorkers.measure({ path });
  if (!measured.ok) return measured.failure;
  return measured.value.sha256 === row.sha256 ? null : { code: 'file_changed' };
}

/**
 * Resolves with null as soon as the upload is stopped, because the work may be queued behind other
 * files.
 */
function unlessStopped<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value | null> {
  const stopped = new Promise<null>((resolve) => {
    if (signal.aborted) resolve(null);
    else signal.addEventListener('abort', () => resolve(null), { once: true });
  });
  return Promise.race([work, stopped]);
}

interface UploadContext {
  readonly row: UploadToSend;
  readonly run: UploadRun;
  /** Aborts with the run, and if the copy turns out to be damaged. */
  readonly signal: AbortSignal;
  /** Resolves with what is wrong with the copy, or null. */
  readonly verified: Promise<Failure | null>;
  readonly path: string;
  readonly file: UploadDescription;
}

type StreamPlan = Extract<UploadPlan, { kind: 'whole' | 'pieces' }>;

class UploadExchange {
  readonly #services: UploadServices;
  readonly #context: UploadContext;
  /** The chunks of each piece that was cut, by the number of the piece. */
  readonly #chunks = new Map<number, readonly Chunk[]>();

  constructor(services: UploadServices, context: UploadContext) {
    this.#services = services;
    this.#context = context;
  }

  async run(): SendResult<SentUpload> {
    let last = await this.#attempt();
    for (let attempt = 1; attempt < MAX_ATTEMPTS && isOutOfStep(last); attempt += 1) last = await this.#attempt();
    return last;
  }

  async #attempt(): SendResult<SentUpload> {
    const plan = await this.#plan();
    if (!plan.ok) return plan;
    if (plan.value.kind === 'stored') return ok(plan.value);
    if (plan.value.kind === 'duplicate') {
      this.#context.run.traveled(0, 0);
      return ok(plan.value);
    }
    if (plan.value.kind === 'chunks') return fail(this.#contractFailure());
    const sent = await this.#sendStream(plan.value);
    if (!sent.ok) return sent;
    const { row, run, signal, verified } = this.#context;
    const fault = await verified;
    if (fault !== null) return fail({ ...fault, kind: 'file' });
    run.enter('checking');
    const stored = await finishUpload(this.#services.api, row.id, signal);
    return stored.ok ? ok({ kind: 'stored', avatar: stored.value }) : stored;
  }

  /** Returns the server's plan for this upload, after sending the chunk lists that it asked for. */
  async #plan(): SendResult<UploadPlan> {
    const { row, signal, file } = this.#context;
    const announcement = announcementOf(row, file);
    const plan = await announceUpload(this.#services.api, {
      projectUuid: row.projectUuid,
      announcement,
      signal,
    });
    if (!plan.ok || plan.value.kind !== 'chunks') return plan;
    const lists = await this.#cut(plan.value.pieces);
    if (!lists.ok) return lists;
    return sendChunkLists(this.#services.api, {
      uploadUuid: row.id,
      lists: lists.value,
      signal,
    });
  }

  async #cut(pieces: readonly number[]): SendResult<ReadonlyMap<number, readonly Chunk[]>> {
    const { path, file } = this.#context;
    const wanted = pieces.filter((piece) => file.pieces[piece] !== undefined && !this.#chunks.has(piece));
    const ranges = wanted.flatMap((piece) => file.pieces[piece] ?? []);
    const lists = wanted.length === 0 ? ok([]) : await this.#services.fileWorkers.chunk({ path, ranges });
    if (!lists.ok) return fail({ ...lists.failure, kind: 'file' });
    for (const [index, list] of lists.value.entries()) this.#chunks.set(wanted[index] ?? -1, list);
    return ok(new Map(pieces.flatMap((piece) => [[piece, this.#chunks.get(piece) ?? []] as const])));
  }

  async #sendStream(plan: StreamPlan): SendResult<null> {
    const { row, run, signal, path, file } = this.#context;
    const ranges = await this.#rangesOf(plan);
    if (!ranges.ok) return ranges;
    const savedBytes = file.sizeBytes - plan.stream_bytes;
    run.progress(savedBytes + plan.received_bytes);
    run.traveled(plan.received_bytes, plan.stream_bytes);
    const rest = rangesFrom(ranges.value, plan.received_bytes);
    if (rest.length === 0) return ok(null);
    const sent = await sendUploadStream(this.#services.api, {
      uploadUuid: row.id,
      path,
      ranges: rest,
      from: plan.received_bytes,
      pace: this.#services.pace,
      signal,
      onReceived: (receivedBytes) => {
        run.progress(savedBytes + receivedBytes);
        run.traveled(receivedBytes, plan.stream_bytes);
      },
    });
    if (!sent.ok) return sent;
    run.progress(savedBytes + sent.value);
    run.traveled(sent.value, plan.stream_bytes);
    return ok(null);
  }

  async #rangesOf(plan: StreamPlan): SendResult<readonly FileRange[]> {
    const { file } = this.#context;
    if (plan.kind === 'whole') return ok([{ offset: 0, sizeBytes: file.sizeBytes }]);
    // An earlier process may have cut these pieces. Cutting them again gives the same chunks.
    const cut = await this.#cut(plan.chunks.map(({ piece }) => piece));
    if (!cut.ok) return cut;
    const ranges = streamRanges({ pieces: file.pieces, chunks: this.#chunks }, plan);
    return ranges === null ? fail(this.#contractFailure()) : ok(ranges);
  }

  #contractFailure(): SendFailure {
    return contractFailure(this.#services.api.serverUrl, 200);
  }
}

function isOutOfStep(result: Awaited<ReturnType<typeof sendUpload>>): boolean {
  return !result.ok && OUT_OF_STEP.has(result.failure.code);
}

function announcementOf(row: UploadToSend, file: UploadDescription) {
  const isNew = row.avatarUuid === null;
  return {
    upload_uuid: row.id,
    original_filename: row.fileName,
    file_size: file.sizeBytes,
    sha256: row.sha256,
    activate: row.activate,
    // It replaces nothing that nobody has compared it with.
    ...(row.activate && { expected_active_uuid: row.activateOver }),
    recipe: file.recipeText,
    ...(row.avatarUuid !== null && { lineage_uuid: row.avatarUuid }),
    ...(isNew && row.newName !== null && { name: row.newName }),
    ...(isNew && row.newTags !== null && { tags: [...row.newTags] }),
    ...(row.description !== null && { description: row.description }),
  };
}
