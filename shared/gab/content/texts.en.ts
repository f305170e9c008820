import type { GabCode } from '../codes.ts';
import { byReason, type Explain, entryOf, param, sizeParam } from '../finding-text.ts';

/** Codes about what is inside the files of a bundle. */
export const contentFindingTexts = {
  GAB_E_ASSET_TYPE: (finding) => ({
    what:
      param(finding, 'reason') === 'place'
        ? `${entryOf(finding)} is listed as ${param(finding, 'kind')} in ${param(finding, 'format')} format, but its folder or ending says otherwise.`
        : `${entryOf(finding)} is not a ${param(finding, 'expected')} file, whatever its name says.`,
    why: 'It could not be shown, and a file in disguise can be dangerous.',
    fix: 'Save the file in the right format and folder, then export the avatar again.',
  }),
  GAB_E_IMAGE: (finding) => ({
    what:
      param(finding, 'reason') === 'pixels'
        ? `${entryOf(finding)} has ${param(finding, 'width')} × ${param(finding, 'height')} pixels; allowed are ${param(finding, 'minPx')} to ${param(finding, 'maxPx')} per side.`
        : `The size of ${entryOf(finding, 'a picture')} cannot be read: the picture is damaged.`,
    why: 'Pictures that are too large take gigabytes of memory to show.',
    fix: 'Scale or save the picture again, then export the avatar.',
  }),
  GAB_E_GLB: (finding) => ({
    what: `The model ${entryOf(finding)} is damaged: ${byReason(
      finding,
      {
        version: 'it is not glTF 2',
        'gltf-version': 'it is not glTF 2',
        length: 'its length is not what its header says',
        'json-size': 'its description is larger than 8 MiB',
        json: 'its description cannot be read',
        'buffer-length': 'its data is shorter than its description says',
        'no-vrm-data': 'it is called VRM but has no VRM data',
      },
      'its parts do not fit together',
    )}.`,
    why: 'It could not be drawn.',
    fix: 'Export the model again as binary glTF (.glb) or VRM and look at it in a viewer.',
  }),
  GAB_E_GLB_EXTERNAL_URI: (finding) => ({
    what: `The model ${entryOf(finding)} loads a file from outside the bundle (${finding.pointer ?? 'unknown place'}).`,
    why: 'The avatar would break without network, and the other side would learn who looks at it.',
    fix: 'Export the model with all textures and buffers embedded.',
  }),
  GAB_E_SPLAT: (finding) => ({
    what: `The splat ${entryOf(finding)} cannot be used: ${byReason(
      finding,
      {
        points: `it has ${param(finding, 'points')} points, more than 2,000,000 or than the file can hold`,
        length: 'its length does not fit its number of points',
        gzip: 'what it packs is damaged',
        property: `the property “${param(finding, 'property', 'of a point')}” is missing or not understood`,
        format: 'it is not binary_little_endian 1.0',
        version: `its version ${param(finding, 'version')} is not known`,
      },
      'its header is damaged',
    )}.`,
    why: 'It could not be drawn, or would exhaust memory.',
    fix: 'Export the splat again as binary PLY or SPZ, with fewer points if needed.',
  }),
  GAB_W_THUMBNAIL_SHAPE: (finding) => ({
    what: `The thumbnail has ${param(finding, 'width')} × ${param(finding, 'height')} pixels.`,
    why: 'On the cards it is shown as a square of 256 pixels or more; this one is cropped or blurred.',
    fix: 'Use a square picture, best 512 × 512.',
  }),
  GAB_W_IMAGE_METADATA: (finding) => ({
    what: `${entryOf(finding, 'A picture')} carries metadata (EXIF or XMP).`,
    why: 'It may tell where and with which camera a person was photographed.',
    fix: 'Save the picture without metadata (“export for web”).',
  }),
  GAB_W_GLB_EXTENSION: (finding) => ({
    what: `The model ${entryOf(finding)} requires the glTF extension “${param(finding, 'extension')}”, which the runtime does not have.`,
    why: 'It can be stored but not be made active, because it would not be drawn correctly.',
    fix: 'Export the model without this extension.',
  }),
  GAB_W_GLB_BUDGET: (finding) => ({
    what: `The model ${entryOf(finding)} has ${Number(param(finding, 'triangles', '0')).toLocaleString('en')} triangles; phones manage 200,000.`,
    why: 'On phones and older laptops it will stutter.',
    fix: 'Reduce (“decimate”) the mesh before you export it.',
  }),
  GAB_W_VISEMES_INCOMPLETE: (finding) => ({
    what: `The model ${entryOf(finding)} lacks ${param(finding, 'missingCount')} of the 14 mouth shapes of speech (${param(finding, 'missing')}).`,
    why: 'The mouth will not move, or not with every sound, when the avatar speaks.',
    fix: 'Add morph targets named viseme_PP, viseme_FF and so on, or map your own in face.visemes.',
  }),
  GAB_W_MORPH_UNKNOWN: (finding) => ({
    what: `The face uses a morph “${param(finding, 'morph')}” (${finding.pointer ?? 'in the manifest'}) that the model does not have.`,
    why: 'This expression will do nothing; perhaps the name is misspelt.',
    fix: 'Correct the name, or add the morph to the model.',
  }),
  GAB_W_LICENSE_CONFLICT: (finding) => ({
    what: `The manifest allows ${permissionName(param(finding, 'permission'))}, the model ${entryOf(finding)} does not (${param(finding, 'vrm')}).`,
    why: 'The stricter terms hold, whatever the manifest says.',
    fix: 'Ask the author, then make both say the same.',
  }),
  GAB_I_ASSET_UNUSED: (finding) => ({
    what: `${entryOf(finding)} (${sizeParam(finding, 'sizeBytes')}) is used by nothing.`,
    why: 'It only makes the avatar larger and slower to load.',
    fix: 'Remove it, or refer to it where it belongs.',
  }),
  GAB_I_C2PA_UNVERIFIED: () => ({
    what: 'The bundle carries content credentials (C2PA). They were not verified.',
    why: 'Anybody can attach such a record; do not take it as proof of origin.',
    fix: 'Verify it with a C2PA tool if the origin matters.',
  }),
  GAB_I_ISSUES_TRUNCATED: (finding) => ({
    what: `There are ${param(finding, 'total', 'more')} findings; the gravest 99 are shown.`,
    why: 'A longer list would help nobody.',
    fix: 'Correct what is listed and check again.',
  }),
} as const satisfies Partial<Record<GabCode, Explain>>;

function permissionName(permission: string): string {
  if (permission === 'commercialUse') return 'commercial use';
  return permission === 'unknown' ? 'something' : permission;
}
