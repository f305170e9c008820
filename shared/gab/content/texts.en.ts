import type { GabCode } from '../codes.ts';
import { type Explain, entryOf, param, sizeParam } from '../finding-text.ts';
import { explainGlb } from './glb-texts.en.ts';
import { explainSplat } from './splat-texts.en.ts';
import { describeWrongContent, fixWrongContent, whyWrongContent } from './wrong-content-texts.en.ts';

function permissionName(permission: string): string {
  if (permission === 'commercialUse') return 'commercial use';
  return permission === 'unknown' ? 'a use' : permission;
}

/** Findings about what is inside the files of a bundle, and how they are used. */
export const contentFindingTexts = {
  GAB_E_ASSET_TYPE: (finding) => ({
    what:
      param(finding, 'reason') === 'place'
        ? `${entryOf(finding)} is listed as ${param(finding, 'kind')} in ${param(finding, 'format')} format, but its folder or extension doesn't match.`
        : describeWrongContent(finding),
    why: whyWrongContent(finding),
    fix: fixWrongContent(finding),
  }),
  GAB_E_IMAGE: (finding) => ({
    what:
      param(finding, 'reason') === 'pixels'
        ? `${entryOf(finding)} has ${param(finding, 'width')} × ${param(finding, 'height')} pixels; each side must have ${param(finding, 'minPx')} to ${param(finding, 'maxPx')}.`
        : `${entryOf(finding, 'A picture')} is damaged: its size can't be read.`,
    why: 'Pictures that are too large need gigabytes of memory.',
    fix: 'Scale or save the picture again, then export the avatar.',
  }),
  GAB_E_GLB: explainGlb,
  GAB_E_GLB_EXTERNAL_URI: (finding) => ({
    what: `The model ${entryOf(finding)} loads a file from outside the bundle (${finding.pointer ?? 'unknown place'}).`,
    why: 'The avatar would break without a network, and the other server would learn who looks at it.',
    fix: 'Export the model with all textures and buffers embedded.',
  }),
  GAB_E_SPLAT: explainSplat,
  GAB_W_THUMBNAIL_SHAPE: (finding) => ({
    what: `The thumbnail has ${param(finding, 'width')} × ${param(finding, 'height')} pixels.`,
    why: 'Cards show it as a square of at least 256 pixels; this one will be cropped or blurred.',
    fix: 'Use a square picture, ideally 512 × 512 pixels.',
  }),
  GAB_W_IMAGE_METADATA: (finding) => ({
    what: `${entryOf(finding, 'A picture')} contains metadata (EXIF or XMP).`,
    why: 'It may reveal where and with which camera a person was photographed.',
    fix: 'Save the picture without metadata (“export for web”).',
  }),
  GAB_W_GLB_EXTENSION: (finding) => ({
    what: `The model ${entryOf(finding)} requires the glTF extension “${param(finding, 'extension')}”, which the runtime doesn't support.`,
    why: "The file can be stored but not made live, because it wouldn't be drawn correctly.",
    fix: 'Export the model without this extension.',
  }),
  GAB_W_GLB_BUDGET: (finding) => ({
    what: `The model ${entryOf(finding)} has ${Number(param(finding, 'triangles', '0')).toLocaleString('en')} triangles; phones can draw 200,000.`,
    why: 'It will stutter on phones and older laptops.',
    fix: 'Reduce (“decimate”) the mesh before you export it.',
  }),
  GAB_W_VISEMES_INCOMPLETE: (finding) => ({
    what: `The model ${entryOf(finding)} lacks ${param(finding, 'missingCount')} of the 14 mouth shapes (${param(finding, 'missing')}).`,
    why: "The mouth won't move for every sound when the avatar speaks.",
    fix: 'Add morph targets named viseme_PP, viseme_FF and so on, or map yours in face.visemes.',
  }),
  GAB_W_MORPH_UNKNOWN: (finding) => ({
    what: `The face uses the morph target “${param(finding, 'morph')}” (${finding.pointer ?? 'in the manifest'}), which the model doesn't have.`,
    why: 'This expression will have no effect; the name may be misspelled.',
    fix: 'Correct the name, or add the morph target to the model.',
  }),
  GAB_W_LICENSE_CONFLICT: (finding) => ({
    what: `The manifest allows ${permissionName(param(finding, 'permission'))}, but the model ${entryOf(finding)} doesn't (${param(finding, 'vrm')}).`,
    why: 'The stricter terms apply.',
    fix: 'Ask the author which is right, then make both say the same.',
  }),
  GAB_I_ASSET_UNUSED: (finding) => ({
    what: `${entryOf(finding)} (${sizeParam(finding, 'sizeBytes')}) isn't used.`,
    why: 'It only makes the avatar larger and slower to load.',
    fix: 'Remove it, or refer to it where it belongs.',
  }),
  GAB_I_C2PA_UNVERIFIED: () => ({
    what: "The bundle contains content credentials (C2PA) that weren't verified.",
    why: "Anyone can attach them, so they aren't proof of origin.",
    fix: 'Verify them with a C2PA tool if the origin matters.',
  }),
  GAB_I_ISSUES_TRUNCATED: (finding) => ({
    what: `There are ${param(finding, 'total', 'more')} findings; the 99 most severe ones are shown.`,
    why: 'A longer list is hard to work through.',
    fix: 'Fix the ones in the list, then check again.',
  }),
} as const satisfies Partial<Record<GabCode, Explain>>;
