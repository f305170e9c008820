import { buildBundle, bundleEntries } from '../bundle-builder.ts';
import { buildZip } from '../zip-builder.ts';
import {
  type CodeCase,
  type CodeCases,
  EXTRA_FIELD,
  FACE,
  text,
  withEnd,
  withEntry,
  withExtra,
} from './broken-bundles.ts';

export const zipCases = {
  GAB_E_ZIP_TRUNCATED: [
    { how: 'half of it', bytes: () => buildBundle().subarray(0, 2000), codes: ['GAB_E_ZIP_TRUNCATED'] },
    {
      how: 'data runs into the directory',
      bytes: () => withEntry(FACE, { both: { compressedSize: 9999 } }),
      codes: ['GAB_E_ZIP_TRUNCATED'],
    },
    { how: 'the comment is missing', bytes: () => withEnd({ commentLength: 9 }), codes: ['GAB_E_ZIP_TRUNCATED'] },
  ],
  GAB_E_ZIP_TRAILING_DATA: [
    {
      how: 'bytes after the end',
      bytes: () => Buffer.concat([buildBundle(), text('x')]),
      codes: ['GAB_E_ZIP_TRAILING_DATA'],
    },
  ],
  GAB_E_ZIP_CENTRAL_DIR: [
    { how: 'wrong offset', bytes: () => withEnd({ directoryOffset: 3 }), codes: ['GAB_E_ZIP_CENTRAL_DIR'] },
    {
      how: 'one record less than counted',
      bytes: () => withEnd({ entries: 5, entriesHere: 5 }),
      codes: ['GAB_E_ZIP_CENTRAL_DIR'],
    },
    {
      how: 'one record more than counted',
      bytes: () => withEnd({ entries: 3, entriesHere: 3 }),
      codes: ['GAB_E_ZIP_CENTRAL_DIR'],
    },
    {
      how: 'a directory of megabytes',
      bytes: () =>
        buildZip(
          bundleEntries({})
            .map((entry) => ({ ...entry, comment: new Uint8Array(0xffff) }))
            .flatMap((entry) => Array.from({ length: 5 }, () => entry)),
        ),
      codes: ['GAB_E_ZIP_CENTRAL_DIR'],
    },
  ],
  GAB_E_ZIP_FEATURE: [
    { how: 'two disks', bytes: () => withEnd({ disk: 1 }), codes: ['GAB_E_ZIP_FEATURE'] },
    {
      how: 'ZIP64 sentinel',
      bytes: () => withEnd({ entries: 0xffff, entriesHere: 0xffff }),
      codes: ['GAB_E_ZIP_FEATURE'],
    },
    { how: 'data descriptor', bytes: () => withEntry(FACE, { both: { flags: 8 } }), codes: ['GAB_E_ZIP_FEATURE'] },
    { how: 'reserved flag', bytes: () => withEntry(FACE, { both: { flags: 1 << 4 } }), codes: ['GAB_E_ZIP_FEATURE'] },
    { how: 'entry comment', bytes: () => withEntry(FACE, { comment: text('hi') }), codes: ['GAB_E_ZIP_FEATURE'] },
    {
      how: 'a version that no ZIP has',
      bytes: () => withEntry(FACE, { central: { versionNeeded: 64 } }),
      codes: ['GAB_E_ZIP_FEATURE'],
    },
    { how: 'another disk', bytes: () => withEntry(FACE, { diskStart: 1 }), codes: ['GAB_E_ZIP_FEATURE'] },
  ],
  GAB_E_ZIP_ENCRYPTED: [
    { how: 'encryption flag', bytes: () => withEntry(FACE, { both: { flags: 1 } }), codes: ['GAB_E_ZIP_ENCRYPTED'] },
    {
      how: 'strong encryption',
      bytes: () => withEntry(FACE, { both: { flags: 1 << 6 } }),
      codes: ['GAB_E_ZIP_ENCRYPTED'],
    },
  ],
  GAB_E_ZIP_METHOD: [
    { how: 'LZMA', bytes: () => withEntry(FACE, { both: { method: 14 } }), codes: ['GAB_E_ZIP_METHOD'] },
  ],
  GAB_E_ZIP_EXTRA: [
    {
      how: 'Unicode Path in both',
      bytes: () => withEntry(FACE, { both: { extra: EXTRA_FIELD } }),
      codes: ['GAB_E_ZIP_EXTRA'],
    },
    {
      how: 'only in the local header',
      bytes: () => withEntry(FACE, { local: { extra: EXTRA_FIELD } }),
      codes: ['GAB_E_ZIP_EXTRA'],
    },
    {
      how: 'malformed',
      bytes: () => withEntry(FACE, { central: { extra: Buffer.from([0x55, 0x54, 9, 0]) } }),
      codes: ['GAB_E_ZIP_EXTRA'],
    },
    {
      how: 'on mimetype',
      bytes: () => withEntry(0, { local: { extra: Buffer.from([0x55, 0x54, 0, 0]) } }),
      codes: ['GAB_E_ZIP_EXTRA'],
    },
  ],
  GAB_E_ZIP_ENTRY_COUNT: [
    {
      how: '257 entries',
      bytes: () =>
        buildZip([
          ...bundleEntries({}),
          ...Array.from({ length: 253 }, (_, at) => ({ name: `data/${at}.json`, content: text('{}') })),
        ]),
      codes: ['GAB_E_ZIP_ENTRY_COUNT'],
    },
    {
      how: 'an empty archive, lenient',
      bytes: () => buildZip([]),
      policy: 'lenient',
      codes: ['GAB_E_ZIP_ENTRY_COUNT'],
    },
  ],
  GAB_E_ZIP_HEADER_MISMATCH: [
    ...(['flags', 'method', 'time', 'date', 'crc32', 'compressedSize', 'size'] as const).map(
      (field): CodeCase => ({
        how: `${field} differs`,
        bytes: () => withEntry(FACE, { local: { [field]: field === 'method' ? 8 : 2 } }),
        codes: ['GAB_E_ZIP_HEADER_MISMATCH'],
      }),
    ),
    {
      how: 'another name',
      bytes: () => withEntry(FACE, { local: { name: text('portrait/evil.png') } }),
      codes: ['GAB_E_ZIP_HEADER_MISMATCH'],
    },
  ],
  GAB_E_ZIP_OVERLAP: [
    {
      how: 'a record points back',
      bytes: () => withEntry(FACE, { offset: 0 }),
      codes: ['GAB_E_ZIP_GAP', 'GAB_E_ZIP_OVERLAP'],
    },
  ],
  GAB_E_ZIP_GAP: [
    {
      how: 'bytes between entries',
      bytes: () => withEntry(FACE, { gapBefore: text('hidden') }),
      codes: ['GAB_E_ZIP_GAP'],
    },
    {
      how: 'an entry that the directory leaves out',
      bytes: () => withEntry(FACE, { onlyLocal: true }),
      codes: ['GAB_E_ZIP_GAP'],
    },
    {
      how: 'something in front of the archive',
      bytes: () =>
        buildZip(
          bundleEntries({}).map((entry, at) => (at === 0 ? { ...entry, gapBefore: text('\x89PNG\r\n') } : entry)),
        ),
      codes: ['GAB_E_ZIP_GAP'],
    },
  ],
  GAB_E_ZIP_NOT_REGULAR: [
    {
      how: 'a folder entry',
      bytes: () => withExtra({ name: 'portrait/', content: text('') }),
      codes: ['GAB_E_ZIP_NOT_REGULAR'],
    },
    {
      how: 'a symlink',
      bytes: () => withExtra({ name: 'data/x.json', externalAttributes: 0xa1ff0000, madeBy: 0x031e }),
      codes: ['GAB_E_ZIP_NOT_REGULAR'],
    },
    ...([0x02, 0x04, 0x08, 0x10, 0x40, 0x100, 0x400, 0x1000, 0x08000000, 0x89a40000] as const).map(
      (externalAttributes): CodeCase => ({
        how: `a file with the attributes 0x${externalAttributes.toString(16)}`,
        bytes: () => withExtra({ name: 'data/x.json', externalAttributes }),
        codes: ['GAB_E_ZIP_NOT_REGULAR'],
      }),
    ),
    {
      how: 'a link of Windows in a foreign archive, lenient',
      bytes: () => buildZip([{ name: 'skin.glb', content: text('/etc/passwd'), externalAttributes: 0x420 }]),
      policy: 'lenient',
      codes: ['GAB_E_ZIP_NOT_REGULAR'],
    },
    {
      how: 'a symlink in a foreign archive, lenient',
      bytes: () => buildZip([{ name: 'skin.glb', content: text('/etc/passwd'), externalAttributes: 0xa1ff0000 }]),
      policy: 'lenient',
      codes: ['GAB_E_ZIP_NOT_REGULAR'],
    },
  ],
} as const satisfies CodeCases;
