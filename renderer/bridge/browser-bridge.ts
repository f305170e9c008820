import type { Bridge, EventName, EventPayload } from '../../shared/contract/bridge.ts';
import { buildCapabilities, events } from '../../shared/contract/bridge.ts';
import { type Failure, failureSchema } from '../../shared/contract/failure.ts';
import { STAGE_PATH, STAGE_REFUSED_STATUS } from '../../shared/contract/loopback-protocol.ts';
import { MAX_BUNDLE_BYTES } from '../../shared/domain/limits.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { LoopbackSocket } from './loopback-socket.ts';

type Listener = (payload: unknown) => void;

async function stageFile(projectUuid: string, file: File): Promise<Result<null, Failure>> {
  const query = new URLSearchParams({
    project: projectUuid,
    name: file.name,
    size: String(file.size),
    modified: String(file.lastModified),
  });
  // A file over the size limit is refused anyway, so only its size is sent.
  const body = file.size > MAX_BUNDLE_BYTES ? null : file;
  try {
    const response = await fetch(`${STAGE_PATH}?${query}`, { method: 'PUT', body });
    if (response.ok) return ok(null);
    if (response.status === STAGE_REFUSED_STATUS) return fail(failureSchema.parse(await response.json()));
    return fail({ code: 'file_not_taken', fileName: file.name, status: response.status });
  } catch {
    // The browser does not say whether the file or the shell could not be reached.
    return fail({ code: 'file_not_read', fileName: file.name });
  }
}

/**
 * Sends the files one after the other: the shell writes to one disk. A file that cannot be read
 * does not stop the others; the first failure is returned.
 */
async function stageFiles(projectUuid: string, files: readonly File[]): Promise<Result<null, Failure>> {
  const outcomes: Result<null, Failure>[] = [];
  for (const file of files) outcomes.push(await stageFile(projectUuid, file));
  return outcomes.find((outcome) => !outcome.ok) ?? ok(null);
}

/**
 * The bridge of the browser shell: the same capabilities as the preload's, over the loopback
 * protocol.
 */
export function createBrowserBridge(socket: LoopbackSocket): Bridge<File> {
  const listeners = new Map<EventName, Set<Listener>>();
  socket.onEvent((name, payload) => {
    const schema = events[name as EventName];
    if (!schema) return;
    const parsed = schema.parse(payload);
    for (const listener of listeners.get(name as EventName) ?? []) listener(parsed);
  });
  return {
    ...buildCapabilities((channel, input) => socket.invoke(channel, input)),
    shell: 'browser',
    windowControls: null,
    on<Name extends EventName>(event: Name, listener: (payload: EventPayload<Name>) => void) {
      const group = listeners.get(event) ?? new Set();
      listeners.set(event, group);
      group.add(listener as Listener);
      return () => group.delete(listener as Listener);
    },
    stageFiles,
  };
}
