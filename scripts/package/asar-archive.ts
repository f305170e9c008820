import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256Hex } from '../../node/sha256.ts';

export interface PackedFile {
  readonly sizeBytes: number;
  /** Stored as a plain file in the folder beside the archive. */
  readonly isUnpacked: boolean;
}

/** What electron-builder has packed: `app.asar`, and `app.asar.unpacked` beside it. */
export interface PackedApp {
  /** By path in the archive, with `/`. */
  readonly files: ReadonlyMap<string, PackedFile>;
  /** What Electron on macOS and Windows compares the archive with before it loads anything. */
  readonly headerSha256: string;
  read(path: string): Promise<Buffer>;
}

interface HeaderEntry {
  readonly files?: Readonly<Record<string, HeaderEntry>>;
  readonly size?: number;
  readonly offset?: string;
  readonly unpacked?: boolean;
}

/** The archive begins with four numbers: of the sizes around the header, the last is that of its text. */
const HEADER_AT = 16;

/** Reads `app.asar` of a folder. Throws if it is not an archive. */
export async function readPackedApp(resourcesDir: string): Promise<PackedApp> {
  const bytes = await readFile(join(resourcesDir, 'app.asar'));
  const contentAt = 8 + bytes.readUInt32LE(4);
  const header = bytes.toString('utf8', HEADER_AT, HEADER_AT + bytes.readUInt32LE(12));
  const entries = new Map(filesBelow('', JSON.parse(header) as HeaderEntry));
  return {
    files: new Map([...entries].map(([path, entry]) => [path, packedFile(entry)])),
    headerSha256: sha256Hex(header),
    async read(path) {
      const entry = entries.get(path);
      if (entry === undefined) throw new Error(`${path} is not in the package`);
      if (entry.unpacked) return readFile(join(resourcesDir, 'app.asar.unpacked', path));
      const from = contentAt + Number(entry.offset);
      return bytes.subarray(from, from + (entry.size ?? 0));
    },
  };
}

function* filesBelow(folder: string, { files = {} }: HeaderEntry): Generator<readonly [string, HeaderEntry]> {
  for (const [name, entry] of Object.entries(files)) {
    const path = folder === '' ? name : `${folder}/${name}`;
    if (entry.files) yield* filesBelow(path, entry);
    else yield [path, entry];
  }
}

function packedFile({ size = 0, unpacked = false }: HeaderEntry): PackedFile {
  return { sizeBytes: size, isUnpacked: unpacked };
}
