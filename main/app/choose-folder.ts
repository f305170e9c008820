import { BrowserWindow, dialog, type OpenDialogOptions } from 'electron';

const OPTIONS: OpenDialogOptions = { title: 'Watch a folder', properties: ['openDirectory', 'createDirectory'] };

/**
 * Shows the system's folder dialog, over the window if there is one. Returns null if it was
 * canceled.
 */
export async function chooseFolder(): Promise<string | null> {
  const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
  const result = await (window === undefined ? dialog.showOpenDialog(OPTIONS) : dialog.showOpenDialog(window, OPTIONS));
  return result.canceled ? null : (result.filePaths[0] ?? null);
}
