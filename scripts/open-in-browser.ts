import { spawn } from 'node:child_process';

/** Whether a window can be shown: not on Linux without a display server. */
export function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

function openerFor(link: string): { command: string; args: string[] } {
  if (process.platform === 'darwin') return { command: 'open', args: [link] };
  // `start` is a word of the shell, not a program; rundll32 takes the address as one argument, without a shell.
  if (process.platform === 'win32') return { command: 'rundll32', args: ['url.dll,FileProtocolHandler', link] };
  return { command: 'xdg-open', args: [link] };
}

/** Opens one of our addresses in the system's browser. Returns the reason if that failed, or null. */
export function openInBrowser(link: string): Promise<string | null> {
  const { command, args } = openerFor(link);
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'ignore', detached: process.platform !== 'win32' });
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code) => resolve(code === 0 ? null : `${command} ended with code ${code}`));
    child.unref();
  });
}
