import { randomUUID } from 'node:crypto';
import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { type Log, stackOf } from '../../node/log.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import { MAX_OPENED_FILES, type OpenedFile, type OpenedView, type OpenRefusal } from '../../shared/contract/opening.ts';
import { isGabinetLink, type LinkTarget } from '../../shared/domain/gabinet-link.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import { fileFailure } from '../failures/file-failure.ts';
import type { ReceivedFile } from '../staging/received-file.ts';
import { type OpenRequest, readName } from './read-name.ts';

interface WaitingFile extends OpenedFile {
  readonly path: string;
  readonly modifiedAtMs: number;
}

/** Refusals beyond these say nothing new. */
const MAX_REFUSALS = 20;
/** Enough of a refused link to recognize it in the log. Paths are not logged: they name people. */
const MAX_LOGGED_CHARS = 200;

/**
 * Files and links that were opened from the system and wait for a person: files until their project
 * is chosen, the last link until it is shown. It outlives sign-ins and reloads of the page, but not
 * the program.
 */
export class Inbox {
  readonly #log: Log;
  readonly #onChange: (opened: OpenedView) => void;
  /** By path: opening a waiting file again changes nothing. */
  readonly #files = new Map<string, WaitingFile>();
  #link: LinkTarget | null = null;
  #refusals: readonly OpenRefusal[] = [];
  /** Requests are read one after the other, so that files keep their order. */
  #turn: Promise<void> = Promise.resolve();

  constructor(log: Log, onChange: (opened: OpenedView) => void) {
    this.#log = log;
    this.#onChange = onChange;
  }

  /** Resolves when everything that the request names is in the inbox, or refused with a reason. */
  open(request: OpenRequest): Promise<void> {
    this.#turn = this.#turn
      .then(() => this.#read(request))
      .catch((error: unknown) => this.#log.error('A request to open something failed', { error: stackOf(error) }));
    return this.#turn;
  }

  view(): OpenedView {
    const files = [...this.#files.values()].map(({ id, fileName, sizeBytes }) => ({ id, fileName, sizeBytes }));
    return { files, link: this.#link, refusalCount: this.#refusals.length };
  }

  /**
   * Hands the files to `stage`, each checked again; those that are gone by now become refusals. If
   * `stage` fails, they wait on.
   */
  async handOver(ids: readonly string[], stage: (files: readonly ReceivedFile[]) => Promise<unknown>): Promise<void> {
    // Taken before the first wait, so that a second choice of the same files finds none.
    const taken = this.#take(ids);
    const good: WaitingFile[] = [];
    for (const file of taken) {
      const found = await fileAt(file.path);
      if (found.ok) good.push({ ...file, ...factsOf(found.value) });
      else this.#refuse(file.path, found.failure);
    }
    try {
      if (good.length > 0) await stage(good.map(received));
    } catch (error) {
      for (const file of good) this.#files.set(file.path, file);
      throw error;
    } finally {
      this.#announce();
    }
  }

  discard(ids: readonly string[]): void {
    this.#take(ids);
    this.#announce();
  }

  /** Returns the link once; null if there is none. */
  takeLink(): LinkTarget | null {
    const link = this.#link;
    this.#link = null;
    if (link !== null) this.#announce();
    return link;
  }

  /** Returns each refusal once. */
  takeRefusals(): OpenRefusal[] {
    const refusals = [...this.#refusals];
    this.#refusals = [];
    if (refusals.length > 0) this.#announce();
    return refusals;
  }

  #take(ids: readonly string[]): readonly WaitingFile[] {
    const wanted = new Set(ids);
    const taken = [...this.#files.values()].filter(({ id }) => wanted.has(id));
    for (const { path } of taken) this.#files.delete(path);
    return taken;
  }

  async #read({ names, workingDirectory }: OpenRequest): Promise<void> {
    for (const name of names) await this.#readOne(name, workingDirectory);
    if (names.length > 0) this.#announce();
  }

  async #readOne(name: string, workingDirectory: string): Promise<void> {
    const thing = readName(name, workingDirectory);
    if (thing.kind === 'link') this.#link = thing.target;
    else if (thing.kind === 'file') await this.#addFile(thing.path);
    else if (isGabinetLink(name)) this.#refuse(null, thing.failure, name.slice(0, MAX_LOGGED_CHARS));
    else this.#refuse(name, thing.failure);
  }

  async #addFile(path: string): Promise<void> {
    // macOS passes a file of the command line twice: as an argument and in an event.
    if (this.#files.has(path)) return;
    const found = this.#files.size < MAX_OPENED_FILES ? await fileAt(path) : fail(TOO_MANY);
    if (!found.ok) return this.#refuse(path, found.failure);
    this.#files.set(path, { id: randomUUID(), path, fileName: basename(path), ...factsOf(found.value) });
  }

  #refuse(name: string | null, failure: Failure, link?: string): void {
    this.#log.warn('Something cannot be opened', { code: failure.code, link });
    if (this.#refusals.length < MAX_REFUSALS) this.#refusals = [...this.#refusals, { name, failure }];
  }

  #announce(): void {
    this.#onChange(this.view());
  }
}

const TOO_MANY: Failure = { code: 'too_many_files', limit: MAX_OPENED_FILES };

const factsOf = ({ size, mtimeMs }: Stats) => ({ sizeBytes: size, modifiedAtMs: mtimeMs });

function received({ path, fileName, sizeBytes, modifiedAtMs }: WaitingFile): ReceivedFile {
  return { path, fileName, sizeBytes, isTemporary: false, modifiedAtMs };
}

/** Threat: an endless device or a pipe. Only a regular file passes; its content is checked later. */
async function fileAt(path: string): Promise<Result<Stats, Failure>> {
  try {
    const facts = await stat(path);
    if (facts.isDirectory()) return fail({ code: 'is_folder' });
    return facts.isFile() ? ok(facts) : fail({ code: 'not_a_file' });
  } catch (error) {
    const failure = fileFailure(error) ?? { code: 'unexpected' };
    return fail(failure.code === 'file_gone' ? { code: 'no_such_file' } : failure);
  }
}
