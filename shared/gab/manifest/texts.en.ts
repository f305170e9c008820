import type { GabCode } from '../codes.ts';
import { byReason, type Explain, entryOf, param, sizeParam } from '../finding-text.ts';

const FILL_IN = 'Correct it in the program that made the bundle and export again.';

function at(pointer: string | undefined): string {
  return pointer === undefined || pointer === '' ? 'The manifest' : `“${pointer}” in the manifest`;
}

/** Codes about the manifest and how it fits the archive. */
export const manifestFindingTexts = {
  GAB_E_MANIFEST_MISSING: () => ({
    what: 'The manifest (manifest.json) is not the second entry of the bundle.',
    why: 'Without it nobody knows who made the avatar, what it may be used for and which files belong to it.',
    fix: 'Use a GAB exporter; it writes the manifest by itself.',
  }),
  GAB_E_MANIFEST_SIZE: (finding) => ({
    what: `The manifest is ${sizeParam(finding, 'sizeBytes')} large; the limit is ${sizeParam(finding, 'maxBytes')}.`,
    why: 'The manifest is read before anything else, so it has to be small.',
    fix: 'Move large data out of the manifest into files of the kind “data”.',
  }),
  GAB_E_MANIFEST_JSON: (finding) => ({
    what: `The manifest is not valid: ${byReason(
      finding,
      {
        'byte-order-mark': 'it begins with a byte order mark',
        encoding: 'it is not UTF-8 text',
        depth: 'it is nested too deeply',
        'duplicate-key': `the field “${param(finding, 'key')}” is there twice`,
        'forbidden-key': `the field name “${param(finding, 'key')}” is not allowed`,
        'lone-surrogate': 'it holds half a character',
        'nul-character': 'it holds a NUL character',
        'not-an-object': 'it is not a JSON object',
      },
      `a syntax error at character ${param(finding, 'position')}`,
    )}.`,
    why: 'Programs would read it differently or not at all.',
    fix: FILL_IN,
  }),
  GAB_E_MANIFEST_SCHEMA: (finding) => ({
    what: `${at(finding.pointer)} ${param(finding, 'message', 'is missing or wrong')}.`,
    why: 'The application could not tell what the avatar is or how to show it.',
    fix: FILL_IN,
  }),
  GAB_E_VERSION_UNSUPPORTED: (finding) => ({
    what: `The bundle has format version ${param(finding, 'version')}; this application reads 1.x.`,
    why: 'Another major version may mean something else by the same fields.',
    fix: 'Update the application, or export the avatar for GAB 1.0.',
  }),
  GAB_E_REQUIRED_EXTENSION: (finding) => ({
    what: `The avatar needs the extension “${param(finding, 'extension')}”, which this application does not have.`,
    why: 'Without it the avatar would look or behave wrong.',
    fix: 'Export it without this extension, or mark the extension as optional.',
  }),
  GAB_E_ASSET_MISSING: (finding) => ({
    what: `The manifest lists ${entryOf(finding)}, but it is not in the bundle.`,
    why: 'The avatar is incomplete.',
    fix: 'Export it again with all its files.',
  }),
  GAB_E_ASSET_UNLISTED: (finding) => ({
    what: `${entryOf(finding)} is in the bundle, but the manifest does not list it.`,
    why: 'What is not listed is not checked, and nobody knows what it is for.',
    fix: 'Remove the file, or add it to the list of assets.',
  }),
  GAB_E_ASSET_SIZE: (finding) => ({
    what: `${entryOf(finding)} has ${param(finding, 'actualBytes')} bytes; the manifest says ${param(finding, 'listedBytes')}.`,
    why: 'The file was changed after the manifest was written.',
    fix: 'Export the avatar again, so that list and files fit.',
  }),
  GAB_E_ASSET_HASH: (finding) => ({
    what: `The content of ${entryOf(finding)} is not what the manifest says.`,
    why: 'The file was replaced or changed after the manifest was written.',
    fix: 'If you changed it, export the avatar again. If not, ask where the file comes from.',
  }),
  GAB_E_ASSET_REF: (finding) => ({
    what: byReason(
      finding,
      {
        nothing: `${at(finding.pointer)} refers to “${param(finding, 'id')}”, which is not there.`,
        clip: `${at(finding.pointer)} names the animation “${param(finding, 'clip')}”, which the model does not have.`,
        kind: `${at(finding.pointer)} refers to “${param(finding, 'id')}”, which is a ${param(finding, 'kind')} and not a ${param(finding, 'expected')}.`,
      },
      `${at(finding.pointer)} refers to something that is not there.`,
    ),
    why: 'The avatar could not be shown as it is meant.',
    fix: FILL_IN,
  }),
  GAB_E_THUMBNAIL: (finding) => ({
    what: byReason(
      finding,
      {
        nothing: 'The manifest names a thumbnail that is not there.',
        kind: `The manifest names ${entryOf(finding)} as the thumbnail, which is another kind of file.`,
        'not-third': 'The thumbnail is not the third entry of the bundle.',
        'not-stored': 'The thumbnail is compressed; it has to be stored as it is.',
        second: `There is a second thumbnail: ${entryOf(finding)}.`,
      },
      'The thumbnail is not where it has to be.',
    ),
    why: 'The picture is shown from the first bytes of the file, before the rest has arrived.',
    fix: 'Use a GAB exporter; it puts the thumbnail in its place.',
  }),
  GAB_W_MANIFEST_UNKNOWN_FIELD: (finding) => ({
    what: `The manifest has a field “${param(finding, 'field')}” that this application does not know.`,
    why: 'It is kept but has no effect; perhaps its name is misspelt.',
    fix: 'Correct the name, or move data of your own to “extensions”.',
  }),
  GAB_W_VERSION_NEWER: (finding) => ({
    what: `The bundle has format version ${param(finding, 'version')}, newer than this application knows.`,
    why: 'It can be used; what is new in it is kept but not understood.',
    fix: 'Update the application when you can.',
  }),
  GAB_W_RUNTIME_TOO_OLD: (finding) => ({
    what: `The avatar needs runtime ${param(finding, 'minRuntime')}; yours is ${param(finding, 'runtime')}.`,
    why: 'It can be stored but not be made active, because it would not be drawn correctly.',
    fix: 'Update the runtime, or export for the version that you have.',
  }),
  GAB_W_TEXT_CONTROL: (finding) => ({
    what: `${at(finding.pointer)} holds ${param(finding, 'kind') === 'bidi' ? 'characters that turn the reading direction' : 'invisible control characters'}.`,
    why: 'The text can look like something else than it is.',
    fix: 'Type the text again without copying it from elsewhere.',
  }),
  GAB_W_SECRET_SUSPECTED: (finding) => ({
    what: `${at(finding.pointer)} looks like a password or an access key.`,
    why: 'Everybody who receives the bundle could use it.',
    fix: 'Remove it and have the key replaced. Keys belong on the server, never in an avatar.',
  }),
  GAB_I_PERSONA_UNTRUSTED: () => ({
    what: 'The avatar brings texts for its persona (prompt or greeting).',
    why: 'They steer what it says, so somebody should have read them.',
    fix: 'Read them before you make the avatar active.',
  }),
} as const satisfies Partial<Record<GabCode, Explain>>;
