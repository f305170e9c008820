import type { Bridge, EventName, EventPayload } from '../../shared/contract/bridge.ts';
import { buildCapabilities, events } from '../../shared/contract/bridge.ts';
import { STAGE_PATH } from '../../shared/contract/loopback-protocol.ts';
import { MAX_BUNDLE_BYTES } from '../../shared/domain/limits.ts';
import { bridgeTexts } from './bridge-texts.en.ts';
import type { LoopbackSocket } from './loopback-socket.ts';

type Listener = (payload: unknown) => void;

async function stageFile(projectUuid: string, file: File): Promise<void> {
  const query = new URLSearchParams({ project: projectUuid, name: file.name, size: String(file.size) });
  // A file over the size limit is refused anyway, so only its size is sent.
  const body = file.size > MAX_BUNDLE_BYTES ? null : file;
  const response = await fetch(`${STAGE_PATH}?${query}`, { method: 'PUT', body });
  if (!response.ok) throw new Error(bridgeTexts.fileNotTaken(file.name, response.status));
}

/**
 * Sends the files one after the other: the shell writes to one disk. A file that cannot be read
 * does not stop the others.
 */
async function stageFiles(projectUuid: string, files: readonly File[]): Promise<void> {
  const failures: unknown[] = [];
  for (const file of files) {
    try {
      await stageFile(projectUuid, file);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, bridgeTexts.filesNotRead(failures.length, files.length));
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
