import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type AvatarUploadResponse, avatarUploadResponseSchema } from '../../shared/api/avatars.ts';
import { type Problem, problemSchema } from '../../shared/api/problem.ts';

/** Path of a file below `test/fixtures`, such as `gab/minimal.gab`. */
export const fixturePath = (name: string): string => fileURLToPath(new URL(`../fixtures/${name}`, import.meta.url));

export const readFixture = (name: string): Promise<Buffer> => readFile(fixturePath(name));

export interface UploadInput {
  readonly bytes: Uint8Array;
  readonly fileName?: string;
  /** A list sends the field once per value. */
  readonly fields?: Readonly<Record<string, string | readonly string[]>>;
  readonly idempotencyKey?: string;
  readonly audience?: 'customer' | 'admin';
}

/** A minimal client of the API: plain fetch, so that tests see what is on the wire. */
export class ApiClient {
  readonly #url: string;
  readonly #token: string | null;

  constructor(url: string, token: string | null) {
    this.#url = url;
    this.#token = token;
  }

  /** Sends a body that fetch accepts as it is, and anything else as JSON. */
  send(
    method: string,
    path: string,
    options: { body?: unknown; headers?: Record<string, string> } = {},
  ): Promise<Response> {
    const { body, headers = {} } = options;
    const isRaw = body instanceof FormData || body instanceof Uint8Array || body instanceof ReadableStream;
    return fetch(`${this.#url}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(this.#token !== null && { authorization: `Bearer ${this.#token}` }),
        ...(body !== undefined && !isRaw && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: isRaw ? (body as BodyInit) : JSON.stringify(body) }),
      ...(body instanceof ReadableStream && { duplex: 'half' }),
    });
  }

  get(path: string, headers: Record<string, string> = {}): Promise<Response> {
    return this.send('GET', path, { headers });
  }

  upload(projectUuid: string, input: UploadInput): Promise<Response> {
    const form = new FormData();
    for (const [name, value] of Object.entries(input.fields ?? {})) {
      for (const text of Array.isArray(value) ? value : [value]) form.append(name, text as string);
    }
    form.append('file', new Blob([new Uint8Array(input.bytes)]), input.fileName ?? 'avatar.gab');
    const headers: Record<string, string> = input.idempotencyKey ? { 'idempotency-key': input.idempotencyKey } : {};
    return this.send('POST', `/api/${input.audience ?? 'customer'}/projects/${projectUuid}/avatars`, {
      body: form,
      headers,
    });
  }

  /** Uploads and throws unless that succeeds. */
  async mustUpload(projectUuid: string, input: UploadInput): Promise<AvatarUploadResponse> {
    const response = await this.upload(projectUuid, input);
    const body: unknown = await response.json();
    if (response.status !== 201) throw new Error(`the upload failed with ${response.status}: ${JSON.stringify(body)}`);
    return avatarUploadResponseSchema.parse(body);
  }
}

/** The problem document of a failed request; throws if the response is not one. */
export async function problemOf(response: Response): Promise<Problem> {
  const type = response.headers.get('content-type') ?? '';
  if (!type.startsWith('application/problem+json'))
    throw new Error(`${response.status} is not a problem document: ${type}`);
  const problem = problemSchema.parse(await response.json());
  if (problem.status !== response.status) throw new Error(`${response.status} says ${problem.status}`);
  return problem;
}
