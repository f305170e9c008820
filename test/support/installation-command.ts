import type { InstallationAccess } from '../../server/cli/command-context.ts';
import { runServerCommand } from '../../server/cli/run-server-command.ts';
import { DEFAULT_STORAGE_LIMITS } from '../../server/features/storage/storage-environment.ts';

/** Runs a command of `gabinet-server` on an installation, in this process. */
export async function runOnInstallation(parts: InstallationAccess, ...args: readonly string[]) {
  const out: string[] = [];
  const error: string[] = [];
  const code = await runServerCommand(args, {
    writeOut: (text) => void out.push(text),
    writeError: (text) => void error.push(text),
    storageLimits: DEFAULT_STORAGE_LIMITS,
    readLine: () => Promise.resolve(null),
    withDatabase: (work) => work(parts.db),
    withFirstDatabase: (work) => work(parts.db),
    withInstallation: (work) => work(parts),
    withEmptyTarget: (work) => work(parts),
  });
  return { code, out: out.join(''), error: error.join('') };
}
