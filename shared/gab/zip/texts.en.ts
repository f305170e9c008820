import type { GabCode } from '../codes.ts';
import { byReason, bytesParam, EXPORT_AGAIN, type Explain, entryOf, param, sizeParam } from '../finding-text.ts';

const UNCLEAR_ARCHIVE =
  'Different programs would read such a file differently, so what was checked might not be what is shown.';

const FORBIDDEN_NAMES: Readonly<Record<string, string>> = {
  program: 'a program',
  script: 'a script',
  'web-page': 'a web page',
  svg: 'an SVG drawing',
  pdf: 'a PDF document',
  rar: 'a RAR archive',
  '7z': 'a 7-Zip archive',
};

const FEATURE_NAMES: Readonly<Record<string, string>> = {
  'data-descriptor': 'sizes that stand behind the data',
  flags: 'flags without a meaning',
  'entry-comment': 'a comment',
  'multi-disk': 'several disks',
  zip64: 'ZIP64',
  version: 'a version that does not exist',
};

/** Codes about the file as a whole and its ZIP structure. */
export const containerFindingTexts = {
  GAB_E_EXTENSION: () => ({
    what: 'The file name does not end in .gab.',
    why: 'Only .gab files can be stored as avatars.',
    fix: 'If it is an avatar bundle, rename it so that it ends in .gab.',
  }),
  GAB_E_FILE_EMPTY: () => ({
    what: 'The file is empty.',
    why: 'Usually a save or a download was interrupted.',
    fix: 'Save or download the file again.',
  }),
  GAB_E_FILE_TOO_LARGE: (finding) => ({
    what: `The file has ${bytesParam(finding, 'sizeBytes')}; a bundle may have at most ${bytesParam(finding, 'maxBytes')}.`,
    why: 'Larger avatars take too long to load for the people who talk to them.',
    fix: 'Reduce textures to 2048 pixels, compress meshes, or remove unused animations, then export again.',
  }),
  GAB_E_OPAQUE: () => ({
    what: 'The file is not an avatar bundle: its content is of an unknown kind.',
    why: 'What cannot be read cannot be checked or shown.',
    fix: `If this is a model or picture with a changed name, put it into a bundle first. Otherwise: ${EXPORT_AGAIN}`,
  }),
  GAB_W_OPAQUE: () => ({
    what: 'The content is of an unknown kind. The file can be stored and downloaded, without a preview.',
    why: 'What cannot be read cannot be checked, so it cannot be made active.',
    fix: `To use it as an avatar: ${EXPORT_AGAIN}`,
  }),
  GAB_E_FOREIGN_ZIP: () => ({
    what: 'The file is an ordinary ZIP archive, not an avatar bundle.',
    why: 'A bundle begins with an entry named “mimetype” and carries a manifest.',
    fix: 'Pack its content as a bundle instead of renaming the archive.',
  }),
  GAB_W_FOREIGN_ZIP: () => ({
    what: 'The file is an ordinary ZIP archive. It can be stored and downloaded, without a preview.',
    why: 'Without a manifest nobody knows which of its files is the avatar, so it cannot be made active.',
    fix: 'Pack its content as a bundle to use it as an avatar.',
  }),
  GAB_E_FORBIDDEN_TYPE: (finding) => ({
    what: `The file is ${FORBIDDEN_NAMES[param(finding, 'type')] ?? 'of a kind that may not be stored'}, not an avatar bundle.`,
    why: 'Such files can run code on the computer of whoever opens them.',
    fix: 'If you downloaded it, the server probably answered with an error page: download it again and look at it.',
  }),
  GAB_E_ZIP_TRUNCATED: (finding) => ({
    what: byReason(
      finding,
      {
        'data-past-directory': `The data of ${entryOf(finding)} is cut off.`,
        'file-shrank': 'The file became shorter while it was read.',
      },
      'The end of the file is missing.',
    ),
    why: 'An upload, download or copy was probably interrupted, and part of the avatar is lost.',
    fix: 'Copy or download the file again from its source.',
  }),
  GAB_E_ZIP_TRAILING_DATA: () => ({
    what: 'There are bytes after the end of the archive, or an archive comment.',
    why: 'What stands there is seen by no check. Interrupted copies look like this too.',
    fix: `Copy the file again. If that does not help: ${EXPORT_AGAIN}`,
  }),
  GAB_E_ZIP_CENTRAL_DIR: () => ({
    what: 'The table of contents of the archive does not fit the file.',
    why: UNCLEAR_ARCHIVE,
    fix: EXPORT_AGAIN,
  }),
  GAB_E_ZIP_FEATURE: (finding) => ({
    what: `${entryOf(finding, 'The archive')} uses a ZIP feature that bundles do not have (${FEATURE_NAMES[param(finding, 'feature')] ?? param(finding, 'feature')}).`,
    why: UNCLEAR_ARCHIVE,
    fix: 'General ZIP programs write such files. Use a GAB exporter to pack the avatar.',
  }),
  GAB_E_ZIP_ENCRYPTED: (finding) => ({
    what: `${entryOf(finding)} is encrypted.`,
    why: 'What is encrypted cannot be checked or shown.',
    fix: 'Export the avatar without a password.',
  }),
  GAB_E_ZIP_METHOD: (finding) => ({
    what: `${entryOf(finding)} is compressed with method ${param(finding, 'method')}; bundles use only 0 (stored) and 8 (deflate).`,
    why: 'Many programs could not open it.',
    fix: 'Pack the avatar with ordinary “deflate” compression.',
  }),
  GAB_E_ZIP_EXTRA: (finding) => ({
    what: `${entryOf(finding)} carries an extra field that is not allowed (${param(finding, 'id', param(finding, 'reason'))}).`,
    why: 'Such fields can give a file another name or size for some programs than for others.',
    fix: EXPORT_AGAIN,
  }),
  GAB_E_ZIP_ENTRY_COUNT: (finding) => ({
    what: `The archive has ${param(finding, 'entries')} entries; a bundle has between 1 and ${param(finding, 'maxEntries', '256')}.`,
    why: 'Thousands of small files slow down every place that reads the avatar.',
    fix: 'Combine textures into the model file and remove what is not used, then export again.',
  }),
  GAB_E_ZIP_HEADER_MISMATCH: (finding) => ({
    what: `The archive describes ${entryOf(finding, 'a file')} twice, and differently (${param(finding, 'fields')}).`,
    why: UNCLEAR_ARCHIVE,
    fix: EXPORT_AGAIN,
  }),
  GAB_E_ZIP_OVERLAP: (finding) => ({
    what: `${entryOf(finding)} lies on top of another entry.`,
    why: 'Files built like this unpack to far more data than they seem to hold.',
    fix: `Do not use this file. ${EXPORT_AGAIN}`,
  }),
  GAB_E_ZIP_GAP: (finding) => ({
    what: `Some of the file (${sizeParam(finding, 'gapBytes')}) belongs to no entry${finding.path === undefined ? '' : `, before ${entryOf(finding)}`}.`,
    why: 'Something may be hidden there that no check sees.',
    fix: EXPORT_AGAIN,
  }),
  GAB_E_ZIP_NOT_REGULAR: (finding) => ({
    what: `${entryOf(finding)} is ${param(finding, 'kind') === 'folder' ? 'a folder entry' : 'a link or a device'}, not a file.`,
    why: 'Bundles hold files only; links could point anywhere on a computer.',
    fix: 'Pack the avatar with a GAB exporter, or without folder entries and links.',
  }),
  GAB_E_PATH: (finding) => ({
    what: `The path ${entryOf(finding)} is not allowed in a bundle.`,
    why: 'It could not be stored safely on every system, or would leave its folder when unpacked.',
    fix: 'Use letters, digits, dot, dash and underscore, at most four levels, no leading dot, and no Windows device names.',
  }),
  GAB_E_PATH_DUPLICATE: (finding) => ({
    what: `The path ${entryOf(finding)} is there twice, perhaps with other capital letters, or is a file and a folder at once.`,
    why: 'Programs would not agree on which of the two counts.',
    fix: 'Give each file its own name and export again.',
  }),
  GAB_E_SIZE_LIMIT: (finding) => ({
    what:
      param(finding, 'limit') === 'splats'
        ? `The splat ${entryOf(finding)} unpacks to ${sizeParam(finding, 'sizeBytes')}; ${sizeParam(finding, 'maxBytes')} are left for it of what all splats may unpack to.`
        : `${entryOf(finding, 'The unpacked bundle')} is ${sizeParam(finding, 'sizeBytes')} large; the limit is ${sizeParam(finding, 'maxBytes')}.`,
    why: 'Larger content does not fit into the memory of phones and browsers.',
    fix: 'Reduce it (smaller textures, fewer polygons, shorter sounds) and export again.',
  }),
  GAB_E_RATIO: (finding) => ({
    what: `${entryOf(finding)} unpacks from ${sizeParam(finding, 'compressedBytes')} to ${sizeParam(finding, 'sizeBytes')}.`,
    why: 'Real avatars shrink to a quarter at best; this looks like a file made to exhaust memory.',
    fix: `Do not use this file if you do not know where it comes from. ${EXPORT_AGAIN}`,
  }),
  GAB_E_INFLATE: (finding) => ({
    what: `${entryOf(finding)} cannot be unpacked: ${byReason(
      finding,
      {
        slack: 'there are bytes after the end of its data',
        'too-long': 'it holds more than it says',
        'too-short': 'it holds less than it says',
        'stored-size': 'its two sizes differ',
      },
      'its data is damaged',
    )}.`,
    why: 'Part of the avatar is lost or not what it seems.',
    fix: `Copy the file again from its source. If that does not help: ${EXPORT_AGAIN}`,
  }),
  GAB_E_CRC: (finding) => ({
    what: `The checksum of ${entryOf(finding)} is wrong.`,
    why: 'The file was changed or damaged after it was packed.',
    fix: 'Copy the file again from its source, or export it again.',
  }),
  GAB_E_MIMETYPE: () => ({
    what: 'The file does not begin with the mark of an avatar bundle.',
    why: 'It is another format with a changed name, or was packed with a general ZIP program.',
    fix: 'Use a GAB exporter to pack the avatar.',
  }),
} as const satisfies Partial<Record<GabCode, Explain>>;
