import { ipcRenderer } from 'electron';
import { type Bridge, buildCapabilities, type WindowControls } from '../shared/contract/bridge.ts';
import { listenToEvents } from './events.ts';
import { stageFiles } from './stage-files.ts';

/** One named function for each capability of the contract; the page never gets `ipcRenderer` or a channel's name. */
export function buildBridge(windowControls: WindowControls | null): Bridge<File> {
  return {
    ...buildCapabilities((channel, input) => ipcRenderer.invoke(channel, input)),
    shell: 'electron',
    windowControls,
    on: listenToEvents(),
    stageFiles,
  };
}
