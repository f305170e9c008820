import type { DifferenceCode } from './difference-codes.ts';
import { change, counted, type ExplainDifference, fileOf, fixIfBroken, listNames, value } from './difference-text.ts';

const LOOK_CLOSER = 'It may look different from close up. Compare the previews.';
const RIG_NAMES = 'Give the bones their old names and export again, or export the animations for the new skeleton.';

/** Differences in the body and in what models consist of. */
export const modelDifferenceTexts = {
  'body-type': (difference) => ({
    title: 'Body type changed',
    what: `The body type changed ${change(difference)}.`,
    why: 'Camera, light and movement are different.',
    fix: null,
  }),
  'body-rig': (difference) => ({
    title: 'Rig changed',
    what: `The rig changed ${change(difference)}.`,
    why:
      difference.verdict === 'breaks-runtime'
        ? "Animations made for the old rig don't move the new one."
        : difference.verdict === 'visible'
          ? 'The runtime has animations for the new rig, so the avatar may start to move.'
          : 'The runtime has animations for neither rig.',
    fix: fixIfBroken(
      difference,
      'Export the avatar with the rig of the previous version, or replace its animations too.',
    ),
  }),
  'body-binding-added': (difference) => ({
    title: 'Splat binding added',
    what: `The splat now has a binding of the kind ${value(difference.after)}.`,
    why: "Parts that didn't move before can move now.",
    fix: null,
  }),
  'body-binding-removed': (difference) => ({
    title: 'Splat binding removed',
    what: `The splat lost its binding of the kind ${value(difference.before)}.`,
    why: "Without it, the splat doesn't move or speak.",
    fix: fixIfBroken(difference, 'Export the splat with its mesh and binding.'),
  }),
  'body-binding-changed': (difference) => ({
    title: 'Splat binding changed',
    what: `The binding changed ${change(difference)}, or uses other files.`,
    why: 'The splat may move differently.',
    fix: null,
  }),
  'body-camera': (difference) => ({
    title: 'Camera changed',
    what: `The initial view changed ${change(difference)}.`,
    why: 'People see the avatar from another distance or angle.',
    fix: null,
  }),
  'body-form': (difference) => ({
    title: 'Body form changed',
    what: `The body form changed ${change(difference)}.`,
    why: 'Animations and voices that depend on it may change.',
    fix: null,
  }),
  'body-fallback-added': () => ({
    title: 'Fallback picture added',
    what: "There is now a picture for devices that can't draw the body.",
    why: 'There was none before.',
    fix: null,
  }),
  'body-fallback-removed': () => ({
    title: 'Fallback picture removed',
    what: "The picture for devices that can't draw the body was removed.",
    why: 'They will show only the thumbnail, or nothing.',
    fix: null,
  }),
  'body-references': (difference) => ({
    title: 'Body files changed',
    what: `The body uses ${value(difference.after)} instead of ${value(difference.before)}.`,
    why: difference.verdict === 'harmless' ? 'Only other formats of the same body are affected.' : LOOK_CLOSER,
    fix: null,
  }),
  'model-meshes': (difference) => ({
    title: 'Mesh count changed',
    what: `${fileOf(difference, 'The model')} changed ${change(difference)} meshes.`,
    why: `Parts of the body were added or removed. ${LOOK_CLOSER}`,
    fix: null,
  }),
  'model-triangles': (difference) => ({
    title: 'Triangle count changed',
    what: `${fileOf(difference, 'The model')} changed ${change(difference)} triangles.`,
    why:
      typeof difference.after === 'number' && difference.after > 200_000
        ? 'Phones can draw 200,000, so it will stutter there.'
        : difference.verdict === 'harmless'
          ? 'Such a small change is hardly visible.'
          : LOOK_CLOSER,
    fix: null,
  }),
  'model-vertices': (difference) => ({
    title: 'Vertex count changed',
    what: `${fileOf(difference, 'The model')} changed ${change(difference)} vertices.`,
    why: 'Only triangles are visible; exporters split vertices as needed.',
    fix: null,
  }),
  'model-vrm-added': (difference) => ({
    title: 'Now a VRM',
    what: `${fileOf(difference, 'The model')} now contains VRM data.`,
    why: 'VRM now controls expressions, springs and eye movement.',
    fix: null,
  }),
  'model-vrm-removed': (difference) => ({
    title: 'No longer a VRM',
    what: `${fileOf(difference, 'The model')} lost its VRM data.`,
    why: 'Expressions, springs, eye movement and VRM animations will stop working.',
    fix: 'Export the model as VRM again.',
  }),
  'materials-added': (difference) => ({
    title: 'Materials added',
    what: `${counted(difference, 'material')} added: ${listNames(difference)}.`,
    why: LOOK_CLOSER,
    fix: null,
  }),
  'materials-removed': (difference) => ({
    title: 'Materials removed',
    what: `${counted(difference, 'material')} removed: ${listNames(difference)}.`,
    why: LOOK_CLOSER,
    fix: null,
  }),
  'materials-renamed': (difference) => ({
    title: 'Materials renamed',
    what: `${counted(difference, 'material')} renamed: ${listNames(difference)}.`,
    why: "Their names aren't used anywhere.",
    fix: null,
  }),
  'textures-added': (difference) => ({
    title: 'Textures added',
    what: `${counted(difference, 'texture')} added: ${listNames(difference)}.`,
    why: LOOK_CLOSER,
    fix: null,
  }),
  'textures-removed': (difference) => ({
    title: 'Textures removed',
    what: `${counted(difference, 'texture')} removed: ${listNames(difference)}.`,
    why: LOOK_CLOSER,
    fix: null,
  }),
  'textures-renamed': (difference) => ({
    title: 'Textures renamed',
    what: `${counted(difference, 'texture')} renamed: ${listNames(difference)}.`,
    why: "Their names aren't used anywhere.",
    fix: null,
  }),
  'textures-resized': (difference) => ({
    title: 'Texture size changed',
    what: `${counted(difference, 'texture')} resized: ${listNames(difference)}.`,
    why: 'They may look sharper or softer, and their memory use changes.',
    fix: null,
  }),
  'textures-format': (difference) => ({
    title: 'Texture format changed',
    what: `${counted(difference, 'texture')} converted: ${listNames(difference)}.`,
    why: 'The runtime supports all of these formats.',
    fix: null,
  }),
  'textures-bytes': (difference) => ({
    title: 'Textures repainted or recompressed',
    what: `${counted(difference, 'texture')} of the same size with different content: ${listNames(difference)}.`,
    why: LOOK_CLOSER,
    fix: null,
  }),
  'joints-added': (difference) => ({
    title: 'Bones added',
    what: `${counted(difference, 'bone')} added: ${listNames(difference)}.`,
    why: "Existing animations don't move them.",
    fix: null,
  }),
  'joints-removed': (difference) => ({
    title: 'Bones removed',
    what: `${counted(difference, 'bone')} removed: ${listNames(difference)}.`,
    why:
      difference.verdict === 'breaks-runtime'
        ? "Animations can't find them, so limbs will stay stiff."
        : 'No animation of this avatar uses them.',
    fix: fixIfBroken(difference, 'Add the bones to the skeleton again, or replace the animations that need them.'),
  }),
  'joints-renamed': (difference) => ({
    title: 'Bones renamed',
    what: `${counted(difference, 'bone')} renamed: ${listNames(difference)}.`,
    why:
      difference.verdict === 'breaks-runtime'
        ? 'Animations look for the old names, so limbs will stay stiff.'
        : 'No animation of this avatar uses the old names.',
    fix: fixIfBroken(difference, RIG_NAMES),
  }),
  'human-bones-added': (difference) => ({
    title: 'VRM bones added',
    what: `${counted(difference, 'bone')} assigned: ${listNames(difference)}.`,
    why: 'Animations can move more of the body.',
    fix: null,
  }),
  'human-bones-removed': (difference) => ({
    title: 'VRM bones missing',
    what: `${counted(difference, 'bone')} no longer assigned: ${listNames(difference)}.`,
    why: 'VRM animations no longer move them.',
    fix: 'Assign the bones again in the VRM exporter.',
  }),
  'glb-extensions-added': (difference) => ({
    title: 'Required glTF extensions added',
    what: `${fileOf(difference, 'The model')} requires ${listNames(difference)}.`,
    why:
      difference.verdict === 'breaks-runtime'
        ? "The runtime doesn't support this: the version can be stored but can't be made live."
        : 'The runtime supports this.',
    fix: fixIfBroken(difference, 'Export the model without this extension.'),
  }),
  'glb-extensions-removed': (difference) => ({
    title: 'Required glTF extensions removed',
    what: `${fileOf(difference, 'The model')} no longer requires ${listNames(difference)}.`,
    why: 'More programs can draw it.',
    fix: null,
  }),
} as const satisfies Partial<Record<DifferenceCode, ExplainDifference>>;
