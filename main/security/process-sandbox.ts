import type { App } from 'electron';
import type { Log } from '../../node/log.ts';

type SandboxApp = Pick<App, 'enableSandbox'> & { readonly commandLine: Pick<App['commandLine'], 'hasSwitch'> };

/**
 * Threat: code that took over a page reaches the system from its process (checklist 4). Every
 * renderer process gets the sandbox, whatever the preferences of its window. Call this before `app`
 * is ready. A user who starts with `--no-sandbox` keeps it: Chromium cannot start as root
 * otherwise, and `enableSandbox()` would remove the switch.
 */
export function sandboxProcesses(app: SandboxApp, log: Log): void {
  if (app.commandLine.hasSwitch('no-sandbox')) log.warn('Started with --no-sandbox: pages run without a sandbox');
  else app.enableSandbox();
}
