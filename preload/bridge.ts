import { ipcRenderer } from 'electron';
import { type Bridge, buildCapabilities, type WindowControls } from '../shared/contract/bridge.ts';
import { listenToEvents } from './events.ts';
import { stageFiles } from './stage-files.ts';

/**
 * One named function per capability of the contract. The page never gets `ipcRenderer` or the name
 * of a channel.
 */
export function buildBridge(windowControls: WindowControls | null): Bridge<File> {
  return {
    ...buildCapabilities((channel, input) => ipcRenderer.invoke(channel, input)),
    shell: 'electron',
    windowControls,
    on: listenToEvents(),
    stageFiles,
  };
}
