import type { GabCode } from '../codes.ts';
import { byReason, type Explain, entryOf, param, sizeParam } from '../finding-text.ts';
import { describeJsonFault, fixJsonFault } from '../json/texts.en.ts';

const CORRECT_AND_EXPORT = 'Correct it in the program that made the bundle, then export again.';

function at(pointer: string | undefined): string {
  return pointer === undefined || pointer === '' ? 'The manifest' : `“${pointer}” in the manifest`;
}

/** Findings about the manifest, and how it fits the archive. */
export const manifestFindingTexts = {
  GAB_E_MANIFEST_MISSING: () => ({
    what: "The second entry of the bundle isn't the manifest (manifest.json).",
    why: 'Without it, nobody knows who made the avatar, what it may be used for and which files belong to it.',
    fix: 'Pack the avatar with a GAB exporter, which writes the manifest automatically.',
  }),
  GAB_E_MANIFEST_SIZE: (finding) => ({
    what: `The manifest has ${sizeParam(finding, 'sizeBytes')}; the limit is ${sizeParam(finding, 'maxBytes')}.`,
    why: 'The manifest is read before everything else, so it must be small.',
    fix: 'Move large data from the manifest to files of the kind “data”.',
  }),
  GAB_E_MANIFEST_JSON: (finding) => ({
    what: `The manifest isn't valid: ${describeJsonFault(finding, 'reason')}.`,
    why: 'Programs would read it differently, or not at all.',
    fix: fixJsonFault(finding, 'reason', CORRECT_AND_EXPORT),
  }),
  GAB_E_MANIFEST_SCHEMA: (finding) => ({
    what: `${at(finding.pointer)} ${param(finding, 'message', 'is missing or wrong')}.`,
    why: "The application can't tell what the avatar is or how to show it.",
    fix: CORRECT_AND_EXPORT,
  }),
  GAB_E_VERSION_UNSUPPORTED: (finding) => ({
    what: `The bundle has format version ${param(finding, 'version')}; this application reads 1.x.`,
    why: 'The same fields may have another meaning in another major version.',
    fix: 'Update the application, or export the avatar for GAB 1.0.',
  }),
  GAB_E_REQUIRED_EXTENSION: (finding) => ({
    what: `The avatar requires the extension “${param(finding, 'extension')}”, which this application doesn't support.`,
    why: 'Without it, the avatar would look or behave wrong.',
    fix: 'Export it without this extension, or mark the extension as optional.',
  }),
  GAB_E_ASSET_MISSING: (finding) => ({
    what: `The manifest lists ${entryOf(finding)}, but it isn't in the bundle.`,
    why: 'The avatar is incomplete.',
    fix: 'Export it again with all its files.',
  }),
  GAB_E_ASSET_UNLISTED: (finding) => ({
    what: `${entryOf(finding)} is in the bundle, but the manifest doesn't list it.`,
    why: "Unlisted files aren't checked, and nobody knows what they are for.",
    fix: 'Remove the file, or add it to the list of assets.',
  }),
  GAB_E_ASSET_SIZE: (finding) => ({
    what: `${entryOf(finding)} has ${param(finding, 'actualBytes')} bytes, but the manifest says ${param(finding, 'listedBytes')}.`,
    why: 'The file was changed after the manifest was written.',
    fix: 'Export the avatar again, so that the manifest matches its files.',
  }),
  GAB_E_ASSET_HASH: (finding) => ({
    what: `The content of ${entryOf(finding)} doesn't match the manifest.`,
    why: 'The file was replaced or changed after the manifest was written.',
    fix: 'If you changed it, export the avatar again. If not, ask where the file comes from.',
  }),
  GAB_E_ASSET_REF: (finding) => ({
    what: byReason(
      finding,
      {
        nothing: `${at(finding.pointer)} points to “${param(finding, 'id')}”, which doesn't exist.`,
        clip: `${at(finding.pointer)} names the animation “${param(finding, 'clip')}”, which the model doesn't have.`,
        kind: `${at(finding.pointer)} points to “${param(finding, 'id')}”, which is of the kind “${param(finding, 'kind')}” instead of “${param(finding, 'expected')}”.`,
      },
      `${at(finding.pointer)} points to something that doesn't exist.`,
    ),
    why: "The avatar can't be shown as intended.",
    fix: CORRECT_AND_EXPORT,
  }),
  GAB_E_THUMBNAIL: (finding) => ({
    what: byReason(
      finding,
      {
        nothing: "The thumbnail points to a file that doesn't exist.",
        kind: `The thumbnail points to a file that isn't an image${finding.path === undefined ? '' : ` (${entryOf(finding)})`}.`,
        'not-third': "The thumbnail isn't the third entry of the bundle.",
        'not-stored': 'The thumbnail is compressed, but must be stored uncompressed.',
        second: `There is a second thumbnail: ${entryOf(finding)}.`,
      },
      "The thumbnail isn't where it has to be.",
    ),
    why: 'The picture is shown as soon as the first part of the file has arrived.',
    fix: 'Pack the avatar with a GAB exporter, which puts the thumbnail in its place.',
  }),
  GAB_W_MANIFEST_UNKNOWN_FIELD: (finding) => ({
    what: `The manifest has an unknown field “${param(finding, 'field')}”.`,
    why: 'It is kept but has no effect; the name may be misspelled.',
    fix: 'Correct the name, or move your own data to “extensions”.',
  }),
  GAB_W_VERSION_NEWER: (finding) => ({
    what: `The bundle has format version ${param(finding, 'version')}, which is newer than this application.`,
    why: 'It can be used, but its new parts have no effect.',
    fix: 'Update the application when you can.',
  }),
  GAB_W_RUNTIME_TOO_OLD: (finding) => ({
    what: `The avatar needs runtime ${param(finding, 'minRuntime')}; the current one is ${param(finding, 'runtime')}.`,
    why: "The file can be stored but not made live, because it wouldn't be drawn correctly.",
    fix: 'Update the runtime, or export for the current one.',
  }),
  GAB_W_TEXT_CONTROL: (finding) => ({
    what: `${at(finding.pointer)} contains ${param(finding, 'kind') === 'bidi' ? 'characters that reverse the reading direction' : 'invisible control characters'}.`,
    why: 'The text can look different from what it really says.',
    fix: 'Type the text again instead of copying it.',
  }),
  GAB_W_SECRET_SUSPECTED: (finding) => ({
    what: `${at(finding.pointer)} looks like a password or an access key.`,
    why: 'Everyone who receives the bundle could use it.',
    fix: 'Remove it and replace the key. Keys belong on the server, never in an avatar.',
  }),
  GAB_I_PERSONA_UNTRUSTED: () => ({
    what: 'The avatar contains persona texts (a prompt or greetings).',
    why: 'They control what it says, so someone should read them.',
    fix: 'Read them before you make the avatar live.',
  }),
} as const satisfies Partial<Record<GabCode, Explain>>;
