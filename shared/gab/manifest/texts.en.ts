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
  GAB_E_MANIFEST_SIZE: (issue) => ({
    what: `The manifest is ${sizeParam(issue, 'sizeBytes')} large; the limit is ${sizeParam(issue, 'maxBytes')}.`,
    why: 'The manifest is read before anything else, so it has to be small.',
    fix: 'Move large data out of the manifest into files of the kind “data”.',
  }),
  GAB_E_MANIFEST_JSON: (issue) => ({
    what: `The manifest is not valid: ${byReason(
      issue,
      {
        'byte-order-mark': 'it begins with a byte order mark',
        encoding: 'it is not UTF-8 text',
        depth: 'it is nested too deeply',
        'duplicate-key': `the field “${param(issue, 'key')}” is there twice`,
        'forbidden-key': `the field name “${param(issue, 'key')}” is not allowed`,
        'lone-surrogate': 'it holds half a character',
        'nul-character': 'it holds a NUL character',
        'not-an-object': 'it is not a JSON object',
      },
      `a syntax error at character ${param(issue, 'position')}`,
    )}.`,
    why: 'Programs would read it differently or not at all.',
    fix: FILL_IN,
  }),
  GAB_E_MANIFEST_SCHEMA: (issue) => ({
    what: `${at(issue.pointer)} ${param(issue, 'message', 'is missing or wrong')}.`,
    why: 'The application could not tell what the avatar is or how to show it.',
    fix: FILL_IN,
  }),
  GAB_E_VERSION_UNSUPPORTED: (issue) => ({
    what: `The bundle has format version ${param(issue, 'version')}; this application reads 1.x.`,
    why: 'Another major version may mean something else by the same fields.',
    fix: 'Update the application, or export the avatar for GAB 1.0.',
  }),
  GAB_E_REQUIRED_EXTENSION: (issue) => ({
    what: `The avatar needs the extension “${param(issue, 'extension')}”, which this application does not have.`,
    why: 'Without it the avatar would look or behave wrong.',
    fix: 'Export it without this extension, or mark the extension as optional.',
  }),
  GAB_E_ASSET_MISSING: (issue) => ({
    what: `The manifest lists ${entryOf(issue)}, but it is not in the bundle.`,
    why: 'The avatar is incomplete.',
    fix: 'Export it again with all its files.',
  }),
  GAB_E_ASSET_UNLISTED: (issue) => ({
    what: `${entryOf(issue)} is in the bundle, but the manifest does not list it.`,
    why: 'What is not listed is not checked, and nobody knows what it is for.',
    fix: 'Remove the file, or add it to the list of assets.',
  }),
  GAB_E_ASSET_SIZE: (issue) => ({
    what: `${entryOf(issue)} has ${param(issue, 'actualBytes')} bytes; the manifest says ${param(issue, 'listedBytes')}.`,
    why: 'The file was changed after the manifest was written.',
    fix: 'Export the avatar again, so that list and files fit.',
  }),
  GAB_E_ASSET_HASH: (issue) => ({
    what: `The content of ${entryOf(issue)} is not what the manifest says.`,
    why: 'The file was replaced or changed after the manifest was written.',
    fix: 'If you changed it, export the avatar again. If not, ask where the file comes from.',
  }),
  GAB_E_ASSET_REF: (issue) => ({
    what: byReason(
      issue,
      {
        nothing: `${at(issue.pointer)} refers to “${param(issue, 'id')}”, which is not there.`,
        clip: `${at(issue.pointer)} names the animation “${param(issue, 'clip')}”, which the model does not have.`,
        kind: `${at(issue.pointer)} refers to “${param(issue, 'id')}”, which is a ${param(issue, 'kind')} and not a ${param(issue, 'expected')}.`,
      },
      `${at(issue.pointer)} refers to something that is not there.`,
    ),
    why: 'The avatar could not be shown as it is meant.',
    fix: FILL_IN,
  }),
  GAB_E_THUMBNAIL: (issue) => ({
    what: byReason(
      issue,
      {
        nothing: 'The manifest names a thumbnail that is not there.',
        kind: `The manifest names ${entryOf(issue)} as the thumbnail, which is another kind of file.`,
        'not-third': 'The thumbnail is not the third entry of the bundle.',
        'not-stored': 'The thumbnail is compressed; it has to be stored as it is.',
        second: `There is a second thumbnail: ${entryOf(issue)}.`,
      },
      'The thumbnail is not where it has to be.',
    ),
    why: 'The picture is shown from the first bytes of the file, before the rest has arrived.',
    fix: 'Use a GAB exporter; it puts the thumbnail in its place.',
  }),
  GAB_W_MANIFEST_UNKNOWN_FIELD: (issue) => ({
    what: `The manifest has a field “${param(issue, 'field')}” that this application does not know.`,
    why: 'It is kept but has no effect; perhaps its name is misspelt.',
    fix: 'Correct the name, or move data of your own to “extensions”.',
  }),
  GAB_W_VERSION_NEWER: (issue) => ({
    what: `The bundle has format version ${param(issue, 'version')}, newer than this application knows.`,
    why: 'It can be used; what is new in it is kept but not understood.',
    fix: 'Update the application when you can.',
  }),
  GAB_W_RUNTIME_TOO_OLD: (issue) => ({
    what: `The avatar needs runtime ${param(issue, 'minRuntime')}; yours is ${param(issue, 'runtime')}.`,
    why: 'It can be stored but not be made active, because it would not be drawn correctly.',
    fix: 'Update the runtime, or export for the version that you have.',
  }),
  GAB_W_TEXT_CONTROL: (issue) => ({
    what: `${at(issue.pointer)} holds ${param(issue, 'kind') === 'bidi' ? 'characters that turn the reading direction' : 'invisible control characters'}.`,
    why: 'The text can look like something else than it is.',
    fix: 'Type the text again without copying it from elsewhere.',
  }),
  GAB_W_SECRET_SUSPECTED: (issue) => ({
    what: `${at(issue.pointer)} looks like a password or an access key.`,
    why: 'Everybody who receives the bundle could use it.',
    fix: 'Remove it and have the key replaced. Keys belong on the server, never in an avatar.',
  }),
  GAB_I_PERSONA_UNTRUSTED: () => ({
    what: 'The avatar brings texts for its persona (prompt or greeting).',
    why: 'They steer what it says, so somebody should have read them.',
    fix: 'Read them before you make the avatar active.',
  }),
} as const satisfies Partial<Record<GabCode, Explain>>;
