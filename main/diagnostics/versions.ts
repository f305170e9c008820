import { readFileSync } from 'node:fs';
import { arch, release, type } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';

export interface Versions {
  readonly Gabinet: string;
  readonly shell: string;
  readonly Electron: string;
  readonly Chromium: string;
  readonly Node: string;
  readonly system: string;
}

interface Program {
  /** Of Gabinet. */
  readonly version: string;
  readonly shell: 'electron' | 'browser';
}

/** What runs here, for the log and for diagnostics. */
export function versionsOf({ version, shell }: Program): Versions {
  // Electron's types promise its versions to every program.
  const { electron, chrome, node }: Readonly<Partial<NodeJS.ProcessVersions>> & { node: string } = process.versions;
  return {
    Gabinet: version,
    shell,
    Electron: electron ?? '-',
    Chromium: chrome ?? '-',
    Node: node,
    system: `${type()} ${release()} ${arch()}`,
  };
}

const packageSchema = z.object({ version: z.string() });

/** The version of Gabinet, where Electron does not know it. Throws if the folder is incomplete. */
export function readVersion(appDir: string): string {
  return packageSchema.parse(JSON.parse(readFileSync(join(appDir, 'package.json'), 'utf8'))).version;
}
