import type { GabCode } from '../codes.ts';
import { byReason, bytesParam, EXPORT_AGAIN, type Explain, entryOf, param, sizeParam } from '../finding-text.ts';
import { describeType, type TypeText } from '../recognize/texts.en.ts';
import type { GabFinding } from '../report.ts';

const UNCLEAR_ARCHIVE =
  'Different programs could read this file differently, so what was checked might not be what is shown.';

const PACK_AGAIN =
  'Pack the folder again with an up-to-date ZIP program. If the file is from somebody else, distrust it.';

const FEATURES: Readonly<Record<string, string>> = {
  'data-descriptor': 'sizes written after the data',
  flags: 'unknown flags',
  'entry-comment': 'a comment',
  'multi-disk': 'several disks',
  zip64: 'ZIP64',
  version: 'an unknown ZIP version',
};

/** What the whole file is instead of a bundle, if it was recognized. */
function typeOf(finding: GabFinding): TypeText | null {
  return describeType(param(finding, 'type', ''), param(finding, 'file', ''));
}

/** Findings about the file as a whole and its ZIP structure. */
export const containerFindingTexts = {
  GAB_E_EXTENSION: (finding) => ({
    what: typeOf(finding)
      ? `The file is ${typeOf(finding)?.is}, not an avatar bundle (.gab).`
      : "The file name doesn't end in .gab.",
    why: 'Only .gab files can be stored as avatars.',
    fix: typeOf(finding)?.way ?? 'If this is an avatar bundle, rename it so that it ends in .gab.',
  }),
  GAB_E_FILE_EMPTY: () => ({
    what: 'The file is empty.',
    why: 'A save or a download was probably interrupted.',
    fix: 'Save or download the file again.',
  }),
  GAB_E_FILE_TOO_LARGE: (finding) => ({
    what: `The file has ${bytesParam(finding, 'sizeBytes')}; the limit is ${bytesParam(finding, 'maxBytes')}.`,
    why: 'Larger avatars take too long to load.',
    fix: 'Reduce textures to 2048 pixels, compress meshes or remove unused animations, then export again.',
  }),
  GAB_E_OPAQUE: (finding) => ({
    what: `The file isn't an avatar bundle${typeOf(finding) ? `: it is ${typeOf(finding)?.is}` : ', and its format is unknown'}.`,
    why: "A file that can't be read can't be checked or shown.",
    fix: typeOf(finding)?.way ?? EXPORT_AGAIN,
  }),
  GAB_W_OPAQUE: (finding) => ({
    what: `${typeOf(finding) ? `The file is ${typeOf(finding)?.is}` : 'The format of the file is unknown'}. It can be stored and downloaded, but has no preview.`,
    why: "A file that can't be read can't be checked, so it can't be made live.",
    fix: `To use it as an avatar: ${typeOf(finding)?.way ?? EXPORT_AGAIN}`,
  }),
  GAB_E_FOREIGN_ZIP: (finding) => ({
    what: `The file is ${typeOf(finding)?.is ?? 'an ordinary ZIP archive'}, not an avatar bundle.`,
    why: 'A bundle starts with an entry named “mimetype” and contains a manifest.',
    fix: typeOf(finding)?.way ?? 'Pack its content as a bundle instead of renaming the archive.',
  }),
  GAB_W_FOREIGN_ZIP: (finding) => ({
    what: `The file is ${typeOf(finding)?.is ?? 'an ordinary ZIP archive'}. It can be stored and downloaded, but has no preview.`,
    why: "Without a manifest, it isn't clear which of its files is the avatar, so it can't be made live.",
    fix: typeOf(finding)?.way ?? 'Pack its content as a bundle to use it as an avatar.',
  }),
  GAB_E_FORBIDDEN_TYPE: (finding) => ({
    what: `The file is ${typeOf(finding)?.is ?? "a type of file that can't be stored"}, not an avatar bundle.`,
    why: 'Files like this can run code on the computer of anyone who opens them.',
    fix: typeOf(finding)?.way ?? 'Ask where the file comes from, and download it again.',
  }),
  GAB_E_ZIP_TRUNCATED: (finding) => ({
    what: byReason(
      finding,
      {
        'data-past-directory': `The data of ${entryOf(finding)} is cut off.`,
        'file-shrank': 'The file became shorter while it was being read.',
      },
      'The end of the file is missing.',
    ),
    why: 'An upload, download or copy was probably interrupted, and part of the avatar is lost.',
    fix: 'Copy or download the file again from its source.',
  }),
  GAB_E_ZIP_TRAILING_DATA: () => ({
    what: 'The archive is followed by extra bytes or an archive comment.',
    why: 'No check covers these bytes. They can also mean that a copy was interrupted.',
    fix: `Copy the file again. If that doesn't help: ${EXPORT_AGAIN}`,
  }),
  GAB_E_ZIP_CENTRAL_DIR: () => ({
    what: "The archive's table of contents doesn't match the file.",
    why: UNCLEAR_ARCHIVE,
    fix: EXPORT_AGAIN,
  }),
  GAB_E_ZIP_FEATURE: (finding) => ({
    what: `${entryOf(finding, 'The archive')} uses a ZIP feature that bundles don't support (${FEATURES[param(finding, 'feature')] ?? param(finding, 'feature')}).`,
    why: UNCLEAR_ARCHIVE,
    fix: 'General ZIP programs write files like this. Pack the avatar with a GAB exporter.',
  }),
  GAB_E_ZIP_ENCRYPTED: (finding) => ({
    what: `${entryOf(finding)} is encrypted.`,
    why: "Encrypted files can't be checked or shown.",
    fix: 'Export the avatar without a password.',
  }),
  GAB_E_ZIP_METHOD: (finding) => ({
    what: `${entryOf(finding)} uses compression method ${param(finding, 'method')}; bundles allow only 0 (stored) and 8 (deflate).`,
    why: "Many programs couldn't open it.",
    fix: 'Pack the avatar with ordinary “deflate” compression.',
  }),
  GAB_E_ZIP_EXTRA: (finding) => ({
    what: `${entryOf(finding)} has an extra field that isn't allowed (${param(finding, 'id', param(finding, 'reason'))}).`,
    why: 'Fields like this can give a file another name or size in some programs.',
    fix: EXPORT_AGAIN,
  }),
  GAB_E_ZIP_ENTRY_COUNT: (finding) => ({
    what: `The archive has ${param(finding, 'entries')} entries; a bundle has 1 to ${param(finding, 'maxEntries', '256')}.`,
    why: 'Thousands of small files slow down everything that reads the avatar.',
    fix: 'Combine textures into the model file and remove unused files, then export again.',
  }),
  GAB_E_ZIP_HEADER_MISMATCH: (finding) => ({
    what: `The archive describes ${entryOf(finding, 'a file')} twice, with different values (${param(finding, 'fields')}).`,
    why: UNCLEAR_ARCHIVE,
    fix: EXPORT_AGAIN,
  }),
  GAB_E_ZIP_OVERLAP: (finding) => ({
    what: `${entryOf(finding)} overlaps another entry.`,
    why: 'Files built like this unpack to far more data than they seem to contain.',
    fix: `Don't use this file. ${EXPORT_AGAIN}`,
  }),
  GAB_E_ZIP_GAP: (finding) => ({
    what: `Part of the file (${sizeParam(finding, 'gapBytes')}) doesn't belong to any entry${finding.path === undefined ? '' : ` (before ${entryOf(finding)})`}.`,
    why: 'Something could be hidden there that no check sees.',
    fix: EXPORT_AGAIN,
  }),
  GAB_E_ZIP_NOT_REGULAR: (finding) => ({
    what: byReason(
      finding,
      {
        folder: `${entryOf(finding)} is a folder entry, not a file.`,
        'volume-label': `${entryOf(finding)} is marked as the label of a disk, not as a file.`,
        hidden: `${entryOf(finding)} is marked as a hidden or system file.`,
        attributes: `${entryOf(finding)} has file attributes that aren't allowed (${param(finding, 'attributes')}).`,
      },
      `${entryOf(finding)} is a link or a device, not a file.`,
      'kind',
    ),
    why: byReason(
      finding,
      {
        'volume-label': UNCLEAR_ARCHIVE,
        hidden: 'Some programs would not show it, so what was checked might not be what is seen.',
        attributes: UNCLEAR_ARCHIVE,
      },
      'An avatar consists of files only; links could point anywhere on a computer.',
      'kind',
    ),
    fix: 'Pack the avatar with a GAB exporter, or as ordinary files without folder entries and links.',
  }),
  GAB_E_PATH: (finding) => ({
    what: byReason(
      finding,
      {
        empty: 'An entry of the archive has no name.',
        absolute: `The path ${entryOf(finding)} starts at the root of a disk instead of in the archive.`,
        traversal: `The path ${entryOf(finding)} leads out of the folder into which the archive is unpacked.`,
        character: `The path ${entryOf(finding)} contains a backslash or a control character.`,
      },
      `The path ${entryOf(finding)} isn't allowed in a bundle.`,
    ),
    why: "It can't be stored safely on every system, or it would end up outside its folder when unpacked.",
    fix: byReason(
      finding,
      { absolute: PACK_AGAIN, traversal: PACK_AGAIN, character: PACK_AGAIN },
      'Use letters, digits, dots, dashes and underscores, at most four levels, no leading dots and no Windows device names.',
    ),
  }),
  GAB_E_PATH_DUPLICATE: (finding) => ({
    what: `The path ${entryOf(finding)} occurs twice (upper and lower case count as equal), or is both a file and a folder.`,
    why: "Programs wouldn't agree on which of the two to use.",
    fix: 'Give each file its own name and export again.',
  }),
  GAB_E_SIZE_LIMIT: (finding) => ({
    what:
      param(finding, 'limit') === 'splats'
        ? `The splat ${entryOf(finding)} unpacks to ${sizeParam(finding, 'sizeBytes')}, but only ${sizeParam(finding, 'maxBytes')} of the limit for all splats is left.`
        : `${entryOf(finding, 'Everything in the archive together')} has ${sizeParam(finding, 'sizeBytes')}; the limit is ${sizeParam(finding, 'maxBytes')}.`,
    why: "Larger files don't fit into the memory of phones and browsers.",
    fix: 'Reduce it (smaller textures, fewer polygons, shorter sounds) and export again.',
  }),
  GAB_E_RATIO: (finding) => ({
    what: `${entryOf(finding)} unpacks from ${sizeParam(finding, 'compressedBytes')} to ${sizeParam(finding, 'sizeBytes')}.`,
    why: 'Real avatars shrink to a quarter at best; this looks like a file made to exhaust memory.',
    fix: `Don't use this file unless you know where it comes from. ${EXPORT_AGAIN}`,
  }),
  GAB_E_INFLATE: (finding) => ({
    what: `${entryOf(finding)} can't be unpacked: ${byReason(
      finding,
      {
        slack: 'extra bytes follow its data',
        'too-long': 'it contains more than it declares',
        'too-short': 'it contains less than it declares',
        'stored-size': 'its two sizes differ',
      },
      'its data is damaged',
    )}.`,
    why: "Part of the avatar is lost or isn't what it seems to be.",
    fix: `Copy the file again from its source. If that doesn't help: ${EXPORT_AGAIN}`,
  }),
  GAB_E_CRC: (finding) => ({
    what: `The checksum of ${entryOf(finding)} is wrong.`,
    why: 'The file was changed or damaged after it was packed.',
    fix: 'Copy the file again from its source, or export it again.',
  }),
  GAB_E_MIMETYPE: () => ({
    what: "The file doesn't start with the signature of an avatar bundle.",
    why: 'It has another format under a wrong name, or was packed with a general ZIP program.',
    fix: 'Pack the avatar with a GAB exporter.',
  }),
} as const satisfies Partial<Record<GabCode, Explain>>;
