import { homedir } from 'node:os';
import { app, shell } from 'electron';
import { type ApplicationLog, type LogPlace, openApplicationLog } from '../diagnostics/application-log.ts';
import type { ShellSettings } from '../platform/shell-settings.ts';
import { folderFacts, linuxLogsDir, logsDirBelow } from '../platform/user-folders.ts';

/** Opens the log in the system's folder for logs. Call it when no other start has the folder. */
export function openShellLog(settings: ShellSettings): ApplicationLog {
  // A terminal that is gone must not end the application.
  process.stderr.on('error', () => undefined);
  return openApplicationLog({
    folder: logsDir(settings),
    home: homedir(),
    writeLine: (line) => process.stderr.write(line),
  });
}

function logsDir({ userDataDir }: ShellSettings): string {
  if (userDataDir !== null) return logsDirBelow(userDataDir);
  return linuxLogsDir(folderFacts()) ?? app.getPath('logs');
}

/** Shows the log in the file manager, if there is one. */
export function showLog(place: LogPlace): void {
  if (place.path !== null) shell.showItemInFolder(place.path);
}
