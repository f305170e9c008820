import { ipcRenderer } from 'electron';
import { buildAnswers, type PreloadBridge, type WindowControls } from '../shared/contract/bridge.ts';
import { listenToEvents } from './events.ts';
import { stageFiles } from './stage-files.ts';

/**
 * One named function per capability of the contract. The page never gets `ipcRenderer` or the name
 * of a channel.
 */
export function buildBridge(windowControls: WindowControls | null): PreloadBridge<File> {
  return {
    ...buildAnswers((channel, input) => ipcRenderer.invoke(channel, input)),
    shell: 'electron',
    windowControls,
    on: listenToEvents(),
    stageFiles,
  };
}
