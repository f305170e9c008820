import { randomUUID } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { sha256Hex } from '../../node/sha256.ts';
import { type AvatarUploadResponse, avatarUploadResponseSchema } from '../../shared/api/avatars.ts';
import { type UploadPlan, uploadPlanSchema } from '../../shared/api/upload-sessions.ts';
import { type Chunk, cutChunks, encodeChunks } from '../../shared/domain/recipe/chunk-list.ts';
import { describePieces } from '../../shared/domain/recipe/describe-file.ts';
import { encodeRecipe, type Recipe } from '../../shared/domain/recipe/recipe.ts';
import { rangesFrom, streamRanges } from '../../shared/domain/recipe/stream-ranges.ts';
import { bytesSource } from '../../shared/gab/byte-source.ts';
import type { ApiClient } from './api-client.ts';
import { testCodec } from './inspect-bytes.ts';

/** The recipe of a file in memory, as an upload announces it. */
export async function describeBytes(file: Uint8Array): Promise<Recipe> {
  return (await describePieces(bytesSource(file), testCodec)).recipe;
}

export interface SessionUpload {
  readonly projectUuid: string;
  readonly file: Buffer;
  readonly uploadUuid?: string;
  readonly fileName?: string;
  readonly fields?: Readonly<Record<string, unknown>>;
}

/**
 * A minimal client of upload sessions. Each step is a separate call, so that tests can stop
 * anywhere.
 */
export class SessionUploader {
  readonly uuid: string;
  readonly file: Buffer;
  /** Bytes of the stream sent so far, in all attempts. */
  sentBytes = 0;
  readonly #client: ApiClient;
  readonly #upload: SessionUpload;
  readonly #chunks = new Map<number, readonly Chunk[]>();

  constructor(client: ApiClient, upload: SessionUpload) {
    this.#client = client;
    this.#upload = upload;
    this.uuid = upload.uploadUuid ?? randomUUID();
    this.file = upload.file;
  }

  async announce(changes: Readonly<Record<string, unknown>> = {}): Promise<Response> {
    const { projectUuid, file, fileName = 'avatar.gab', fields = {} } = this.#upload;
    const recipe = deflateRawSync(encodeRecipe(await describeBytes(file))).toString('base64');
    const body = {
      upload_uuid: this.uuid,
      original_filename: fileName,
      file_size: file.byteLength,
      sha256: sha256Hex(file),
      recipe,
      ...fields,
      ...changes,
    };
    return this.#client.send('POST', `/api/customer/projects/${projectUuid}/uploads`, { body });
  }

  async open(): Promise<UploadPlan> {
    return planOf(await this.announce());
  }

  async describe(plan: Extract<UploadPlan, { kind: 'chunks' }>): Promise<UploadPlan> {
    const { pieces } = await describeBytes(this.file);
    const lists = plan.pieces.map((piece) => {
      const { offset = 0, sizeBytes = 0 } = pieces[piece] ?? {};
      const chunks = cutChunks(this.file.subarray(offset, offset + sizeBytes), sha256Hex);
      this.#chunks.set(piece, chunks);
      return { piece, chunks: Buffer.from(encodeChunks(chunks)).toString('base64') };
    });
    const path = `/api/customer/uploads/${this.uuid}/chunks`;
    return planOf(await this.#client.send('POST', path, { body: { pieces: lists } }));
  }

  /** The bytes of the stream. */
  async stream(plan: Extract<UploadPlan, { kind: 'whole' | 'pieces' }>): Promise<Buffer> {
    if (plan.kind === 'whole') return this.file;
    const { pieces } = await describeBytes(this.file);
    const ranges = streamRanges({ pieces, chunks: this.#chunks }, plan);
    if (ranges === null) throw new Error('the plan is about another file');
    const parts = rangesFrom(ranges, 0).map(({ offset, sizeBytes }) => this.file.subarray(offset, offset + sizeBytes));
    return Buffer.concat(parts);
  }

  async send(bytes: Uint8Array, from: number): Promise<Response> {
    this.sentBytes += bytes.byteLength;
    return this.#client.send('PUT', `/api/customer/uploads/${this.uuid}/stream?from=${from}`, {
      body: bytes,
      headers: { 'content-type': 'application/octet-stream' },
    });
  }

  complete(): Promise<Response> {
    return this.#client.send('POST', `/api/customer/uploads/${this.uuid}/complete`);
  }

  /** Runs all steps up to the stored version. */
  async run(): Promise<AvatarUploadResponse> {
    let plan = await this.open();
    if (plan.kind === 'chunks') plan = await this.describe(plan);
    if (plan.kind === 'stored') return plan.avatar;
    if (plan.kind === 'duplicate' || plan.kind === 'chunks') throw new Error(`unexpected plan ${plan.kind}`);
    const stream = await this.stream(plan);
    const rest = stream.subarray(plan.received_bytes);
    if (rest.byteLength > 0) await expectStatus(await this.send(rest, plan.received_bytes), 200);
    return avatarUploadResponseSchema.parse(await expectStatus(await this.complete(), 201));
  }
}

async function expectStatus(response: Response, status: number): Promise<unknown> {
  const body: unknown = await response.json();
  if (response.status !== status)
    throw new Error(`expected ${status}, got ${response.status}: ${JSON.stringify(body)}`);
  return body;
}

async function planOf(response: Response): Promise<UploadPlan> {
  return uploadPlanSchema.parse(await expectStatus(response, 200));
}
