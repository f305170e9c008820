import { execFile } from 'node:child_process';
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What better-sqlite3 imports from Node-API, and Node-API 8 cannot do yet. */
const REPLACED = ['create_reference', 'get_reference_value', 'delete_reference'];
const ADDON = 'linux-x64.node';
/** Its sources and the addons of all systems, 17 MB, stay out. */
const LEFT_OUT = /\/better-sqlite3\/(?:deps|src|prebuilds)(?:\/|$)/;

/** Copies the package better-sqlite3 with its prebuilt addon, adapted. */
export async function copySqlite(from: string, to: string): Promise<void> {
  await cp(from, to, { recursive: true, filter: (path) => !LEFT_OUT.test(path) });
  await mkdir(join(to, 'prebuilds'), { recursive: true });
  await writeFile(join(to, 'prebuilds', ADDON), redirected(await readFile(join(from, 'prebuilds', ADDON))));
}

/** Compiles what the adapted addon imports. Needs gcc. */
export async function compileReferences(to: string): Promise<void> {
  const source = join(import.meta.dirname, 'napi-references.c');
  await promisify(execFile)('gcc', ['-O1', '-shared', '-fPIC', '-o', to, source]);
}

/** The names of three imports are changed, so that they lead to `napi-references.c`. */
function redirected(addon: Buffer): Buffer {
  let text = addon.toString('latin1');
  for (const name of REPLACED) {
    const parts = text.split(`\0napi_${name}\0`);
    if (parts.length === 1) throw new Error(`better-sqlite3 does not import napi_${name}`);
    // Of the same length, so that nothing in the file moves.
    text = parts.join(`\0nbpi_${name}\0`);
  }
  return Buffer.from(text, 'latin1');
}
