import { app, BrowserWindow, type NativeImage, nativeImage } from 'electron';
import type { DraggedFile } from '../application.ts';

/** Of the picture beside the pointer, in pixels: large enough to recognize an avatar. */
const PICTURE_HEIGHT = 64;

/**
 * Lets the pointer drag a file out of the window. On Windows and Linux, it returns when the file
 * has been dropped.
 */
export async function dragFile({ path, picture }: DraggedFile): Promise<void> {
  const window = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0];
  const icon = await iconOf(path, picture);
  // Electron would take a file that does not exist, and macOS no empty icon.
  window?.webContents.startDrag({ file: path, icon });
}

/** Electron reads PNG and JPEG. Other pictures are replaced by the system's icon for the file. */
async function iconOf(path: string, picture: Uint8Array | null): Promise<NativeImage> {
  const image = picture === null ? nativeImage.createEmpty() : nativeImage.createFromBuffer(Buffer.from(picture));
  return image.isEmpty() ? await app.getFileIcon(path) : image.resize({ height: PICTURE_HEIGHT });
}
