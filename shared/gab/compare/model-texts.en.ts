import type { DifferenceCode } from './difference-codes.ts';
import { change, counted, type ExplainDifference, fileOf, fixIfBroken, told, value } from './difference-text.ts';

const LOOKS = 'It may look different from close by; the previews side by side show it.';
const RIG_NAMES = 'Give the bones their old names and export again, or export the motions for the new skeleton.';

/** Words for the body and what models are made of. */
export const modelDifferenceTexts = {
  'body-type': (difference) => ({
    title: 'Another kind of body',
    what: `The body changed ${change(difference)}.`,
    why: 'It is drawn in another way: camera, light and motion are different.',
    fix: null,
  }),
  'body-rig': (difference) => ({
    title: 'Another rig',
    what: `The skeleton changed ${change(difference)}.`,
    why:
      difference.verdict === 'breaks-runtime'
        ? 'Motions made for the old skeleton no longer move this one.'
        : difference.verdict === 'visible'
          ? 'The runtime has motions for it: it may move where it stood still.'
          : 'The runtime moves neither of them by itself.',
    fix: fixIfBroken(
      difference,
      'Export the avatar with the skeleton of the version before, or replace its motions, too.',
    ),
  }),
  'body-binding-added': (difference) => ({
    title: 'Splat is driven by a mesh',
    what: `A binding of the kind ${value(difference.after)} was added.`,
    why: 'What stood still can move now.',
    fix: null,
  }),
  'body-binding-removed': (difference) => ({
    title: 'Splat is no longer driven',
    what: `The binding of the kind ${value(difference.before)} is gone.`,
    why: 'Without it the splat stands still and does not speak.',
    fix: fixIfBroken(difference, 'Export the splat with its mesh and binding.'),
  }),
  'body-binding-changed': (difference) => ({
    title: 'Splat is driven differently',
    what: `The binding changed ${change(difference)}, or names other files.`,
    why: 'It may move differently.',
    fix: null,
  }),
  'body-camera': (difference) => ({
    title: 'Another view',
    what: `What the camera shows first changed ${change(difference)}.`,
    why: 'People see it from nearer, from farther or from elsewhere.',
    fix: null,
  }),
  'body-form': (difference) => ({
    title: 'Another form',
    what: `The form changed ${change(difference)}.`,
    why: 'Motions and voices that are chosen by it may be others.',
    fix: null,
  }),
  'body-fallback-added': () => ({
    title: 'Stand-in picture added',
    what: 'There is a picture for devices that cannot draw the body.',
    why: 'There was none before.',
    fix: null,
  }),
  'body-fallback-removed': () => ({
    title: 'Stand-in picture removed',
    what: 'The picture for devices that cannot draw the body is gone.',
    why: 'They show only the thumbnail, or nothing.',
    fix: null,
  }),
  'body-references': (difference) => ({
    title: 'Body uses another file',
    what: `It uses ${value(difference.after)} instead of ${value(difference.before)}.`,
    why: difference.verdict === 'harmless' ? 'It concerns only other formats of the same body.' : LOOKS,
    fix: null,
  }),
  'model-meshes': (difference) => ({
    title: 'Another number of meshes',
    what: `${fileOf(difference, 'The model')} went ${change(difference)} meshes.`,
    why: `Parts of the body came or went. ${LOOKS}`,
    fix: null,
  }),
  'model-triangles': (difference) => ({
    title: 'Another number of triangles',
    what: `${fileOf(difference, 'The model')} went ${change(difference)} triangles.`,
    why:
      typeof difference.after === 'number' && difference.after > 200_000
        ? 'Phones manage 200,000: it stutters there.'
        : difference.verdict === 'harmless'
          ? 'So small a change of the mesh is rarely seen.'
          : LOOKS,
    fix: null,
  }),
  'model-vertices': (difference) => ({
    title: 'Another number of vertices',
    what: `${fileOf(difference, 'The model')} went ${change(difference)} vertices.`,
    why: 'What is seen depends on the triangles; exporters split vertices as they need.',
    fix: null,
  }),
  'model-vrm-added': (difference) => ({
    title: 'Is a VRM now',
    what: `${fileOf(difference, 'The model')} carries VRM data.`,
    why: 'Expressions, springs and looking around are VRM’s from now on.',
    fix: null,
  }),
  'model-vrm-removed': (difference) => ({
    title: 'Is no VRM any more',
    what: `${fileOf(difference, 'The model')} lost its VRM data.`,
    why: 'Expressions, springs, looking around and VRM motions stop working.',
    fix: 'Export the model as VRM again.',
  }),
  'materials-added': (difference) => ({
    title: 'Materials added',
    what: `${counted(difference, 'material')} more: ${told(difference)}.`,
    why: LOOKS,
    fix: null,
  }),
  'materials-removed': (difference) => ({
    title: 'Materials removed',
    what: `${counted(difference, 'material')} fewer: ${told(difference)}.`,
    why: LOOKS,
    fix: null,
  }),
  'materials-renamed': (difference) => ({
    title: 'Materials renamed',
    what: `${counted(difference, 'material')} with another name: ${told(difference)}.`,
    why: 'Nothing looks them up by name.',
    fix: null,
  }),
  'textures-added': (difference) => ({
    title: 'Textures added',
    what: `${counted(difference, 'texture')} more: ${told(difference)}.`,
    why: LOOKS,
    fix: null,
  }),
  'textures-removed': (difference) => ({
    title: 'Textures removed',
    what: `${counted(difference, 'texture')} fewer: ${told(difference)}.`,
    why: LOOKS,
    fix: null,
  }),
  'textures-renamed': (difference) => ({
    title: 'Textures renamed',
    what: `${counted(difference, 'texture')} with another name: ${told(difference)}.`,
    why: 'Nothing looks them up by name.',
    fix: null,
  }),
  'textures-resized': (difference) => ({
    title: 'Textures have another size',
    what: `${counted(difference, 'texture')}: ${told(difference)}.`,
    why: 'They look sharper or softer, and take more or less memory.',
    fix: null,
  }),
  'textures-format': (difference) => ({
    title: 'Textures have another format',
    what: `${counted(difference, 'texture')}: ${told(difference)}.`,
    why: 'The runtime reads all of these formats.',
    fix: null,
  }),
  'textures-bytes': (difference) => ({
    title: 'Textures repainted or packed anew',
    what: `${counted(difference, 'texture')} of the same size with other content: ${told(difference)}.`,
    why: LOOKS,
    fix: null,
  }),
  'joints-added': (difference) => ({
    title: 'Bones added',
    what: `${counted(difference, 'bone')} more: ${told(difference)}.`,
    why: 'Motions that do not know them leave them alone.',
    fix: null,
  }),
  'joints-removed': (difference) => ({
    title: 'Bones removed',
    what: `${counted(difference, 'bone')} fewer: ${told(difference)}.`,
    why:
      difference.verdict === 'breaks-runtime'
        ? 'Motions that move them lose their hold: limbs stay stiff.'
        : 'No motion of this avatar names them.',
    fix: fixIfBroken(difference, 'Put the bones back into the skeleton, or replace the motions that need them.'),
  }),
  'joints-renamed': (difference) => ({
    title: 'Bones renamed',
    what: `${counted(difference, 'bone')} with another name: ${told(difference)}.`,
    why:
      difference.verdict === 'breaks-runtime'
        ? 'Motions look for the old names: limbs stay stiff.'
        : 'No motion of this avatar looks for the old names.',
    fix: fixIfBroken(difference, RIG_NAMES),
  }),
  'human-bones-added': (difference) => ({
    title: 'More bones of the VRM skeleton',
    what: `${counted(difference, 'bone')} assigned: ${told(difference)}.`,
    why: 'Motions can move more of the body.',
    fix: null,
  }),
  'human-bones-removed': (difference) => ({
    title: 'Bones of the VRM skeleton missing',
    what: `${counted(difference, 'bone')} no longer assigned: ${told(difference)}.`,
    why: 'VRM motions no longer move them.',
    fix: 'Assign the bones in the VRM exporter again.',
  }),
  'glb-extensions-added': (difference) => ({
    title: 'Model needs more of the runtime',
    what: `${fileOf(difference, 'The model')} requires ${told(difference)}.`,
    why:
      difference.verdict === 'breaks-runtime'
        ? 'The runtime does not have it: the version can be stored but not made live.'
        : 'The runtime has it.',
    fix: fixIfBroken(difference, 'Export the model without this extension.'),
  }),
  'glb-extensions-removed': (difference) => ({
    title: 'Model needs less of the runtime',
    what: `${fileOf(difference, 'The model')} no longer requires ${told(difference)}.`,
    why: 'More programs can draw it.',
    fix: null,
  }),
} as const satisfies Partial<Record<DifferenceCode, ExplainDifference>>;
