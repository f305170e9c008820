import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Logger } from 'pino';
import { projectFolder } from '../../node/project-folder.ts';
import { createWorkerPool } from '../../node/worker-pool.ts';
import type { Chunk } from '../../shared/domain/recipe/chunk-list.ts';
import { MINUTE_MS } from '../../shared/lib/durations.ts';
import type { AssembledFile, ChunkTask, RebuildTask, StoredPiece, WholeFileTask } from './assemble-tasks.ts';
import type { InspectionTask, UploadInspection } from './upload-inspection.ts';

/** Hashing and inspecting are CPU work, and each file may take tens of MiB of memory. */
const MAX_THREADS = 2;
/** An idle second thread ends and frees its memory; the first one keeps running. */
const IDLE_LIMIT_MS = MINUTE_MS;
/** A file within the limits takes well under a second. */
const WORK_LIMIT_MS = MINUTE_MS;
/** Threat: a bundle made to exhaust memory ends its thread, not the server. */
const MAX_HEAP_MIB = 192;

/** The threads run from the source, like the server, or built beside it. */
const workerUrl = (): URL =>
  import.meta.filename.endsWith('.ts')
    ? new URL('./file-worker.ts', import.meta.url)
    : pathToFileURL(join(projectFolder(import.meta.dirname), 'out', 'server', 'file-worker.js'));

export type FileWorkers = ReturnType<typeof startFileWorkers>;

/**
 * Starts the threads that read whole files, so that the main thread stays free for requests. Every
 * method rejects only if its thread died, ran out of time, or a disk failed.
 */
export function startFileWorkers(log: Pick<Logger, 'warn'>) {
  const pool = createWorkerPool({
    workerUrl: workerUrl(),
    minThreads: 1,
    maxThreads: MAX_THREADS,
    idleTimeoutMs: IDLE_LIMIT_MS,
    maxHeapMib: MAX_HEAP_MIB,
    onFault: (error) => log.warn({ err: error }, 'a file worker reported an error'),
  });
  const run = <Output>(name: string, task: unknown) => pool.run<Output>(name, task, AbortSignal.timeout(WORK_LIMIT_MS));
  return {
    /** Checks a whole bundle. */
    inspect: (task: InspectionTask) => run<UploadInspection>('inspect', task),
    /**
     * Writes a file from its pieces. Null if a source is gone or shorter than expected; then no
     * file is left behind.
     */
    rebuild: (task: RebuildTask) => run<AssembledFile | null>('rebuild', task),
    /** One list of chunks per range; null if the file is gone. */
    chunk: (task: ChunkTask) => run<Chunk[][] | null>('chunk', task),
    /** Size and hash of a file; null if the file is gone. */
    measure: (task: WholeFileTask) => run<AssembledFile | null>('measure', task),
    /**
     * The pieces of a file; null if the file is gone. Hashes that its manifest gives for stored
     * entries are trusted, so keep the result only for a file that passed the check.
     */
    describe: (task: WholeFileTask) => run<readonly StoredPiece[] | null>('describe', task),
    close: () => pool.close(),
  };
}
