import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Application } from '../../../main/application.ts';
import type { MediaResponse } from '../../../main/media/media-response.ts';
import type { OpenRequest } from '../../../main/opening/read-name.ts';
import type { ReceivedFile } from '../../../main/staging/received-file.ts';
import type { Log } from '../../../node/log.ts';
import type { Failure } from '../../../shared/contract/failure.ts';
import type { NotificationTarget } from '../../../shared/contract/notifications.ts';
import { ok, type Result } from '../../../shared/lib/result.ts';

type EventListener = Parameters<Application['onEvent']>[0];

export interface StagedCall {
  readonly projectUuid: string;
  readonly files: readonly ReceivedFile[];
  /** The content of the file at the time of the call. */
  readonly contents: readonly (Buffer | null)[];
}

/**
 * Records the shell's calls and returns what the test sets, because the shells are tested here, not
 * the application.
 */
export class FakeApplication implements Application {
  readonly receivedFilesDir: string;
  readonly staged: StagedCall[] = [];
  readonly opened: OpenRequest[] = [];
  readonly invoked: { channel: string; input: unknown }[] = [];
  readonly shownTargets: NotificationTarget[] = [];
  readonly #listeners = new Set<EventListener>();
  answer: (channel: string, input: unknown) => Promise<unknown> = async () => undefined;
  picture: (path: string) => MediaResponse | null = () => null;
  started = 0;
  reconnected = 0;
  stopped = 0;

  constructor(receivedFilesDir: string) {
    this.receivedFilesDir = receivedFilesDir;
  }

  reconnect(): void {
    this.reconnected += 1;
  }

  async start(): Promise<void> {
    this.started += 1;
  }

  async stop(): Promise<void> {
    this.stopped += 1;
  }

  async invoke(channel: string, input: unknown): Promise<unknown> {
    this.invoked.push({ channel, input });
    return this.answer(channel, input);
  }

  onEvent(listener: EventListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit: EventListener = (event, payload) => {
    for (const listener of this.#listeners) listener(event, payload);
  };

  showTarget(target: NotificationTarget): void {
    this.shownTargets.push(target);
  }

  async open(request: OpenRequest): Promise<void> {
    this.opened.push(request);
  }

  async stageFiles(projectUuid: string, files: readonly ReceivedFile[]): Promise<Result<null, Failure>> {
    const contents = await Promise.all(files.map((file) => contentOf(file)));
    this.staged.push({ projectUuid, files, contents });
    return ok(null);
  }

  async media(path: string): Promise<MediaResponse | null> {
    return this.picture(path);
  }
}

async function contentOf(file: ReceivedFile): Promise<Buffer | null> {
  return file.path === null ? null : readFile(file.path);
}

export async function createFakeApplication(): Promise<FakeApplication> {
  return new FakeApplication(await temporaryFolder('received'));
}

export function temporaryFolder(what: string): Promise<string> {
  return mkdtemp(join(tmpdir(), `gabinet-${what}-`));
}

export interface RecordedLog extends Log {
  readonly lines: string[];
}

export function recordingLog(): RecordedLog {
  const lines: string[] = [];
  const entry = (level: string) => (message: string, details?: Readonly<Record<string, unknown>>) => {
    lines.push(`${level} ${message} ${JSON.stringify(details ?? {})}`);
  };
  return { lines, info: entry('info'), warn: entry('warn'), error: entry('error') };
}
