import { BrowserWindow, dialog, type OpenDialogOptions } from 'electron';

const OPTIONS: OpenDialogOptions = { title: 'Watch a folder', properties: ['openDirectory', 'createDirectory'] };

/** The system's own folder dialog, over the window if there is one; null: it was closed without a choice. */
export async function chooseFolder(): Promise<string | null> {
  const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
  const answer = await (window === undefined ? dialog.showOpenDialog(OPTIONS) : dialog.showOpenDialog(window, OPTIONS));
  return answer.canceled ? null : (answer.filePaths[0] ?? null);
}
