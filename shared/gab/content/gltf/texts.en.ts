import type { GabCode } from '../../codes.ts';
import { byReason, type Explain, entryOf, param } from '../../finding-text.ts';
import type { GabFinding } from '../../report.ts';

const EXPORT_AGAIN =
  'Export the model again, with a current exporter, and look at it in a glTF viewer before you add it.';
const REPORT_EXPORTER = 'Nothing has to be done. If you write the exporter, correct it there.';

function place(finding: GabFinding): string {
  return finding.pointer ? ` (at ${finding.pointer})` : '';
}

/** "in 12 places (the first is /meshes/0)", or only the place. */
function places(finding: GabFinding): string {
  const count = Number(param(finding, 'count', '1'));
  return count > 1
    ? ` in ${count.toLocaleString('en')} places (first at ${finding.pointer ?? 'an unknown place'})`
    : place(finding);
}

const propertyProblems = (finding: GabFinding): string => {
  const name = `“${param(finding, 'property')}”`;
  return byReason(
    finding,
    {
      missing: `${name} is missing`,
      kind: `${name} is of the wrong kind, such as a text in place of a number`,
      length: `${name} has the wrong length`,
      value: `${name} has the impossible value ${param(finding, 'found')}`,
      range: `${name} has the value ${param(finding, 'found')}, which is out of range`,
      undeclared: `the extension ${name} is used without being declared`,
    },
    `${name} is wrong`,
  );
};

const mismatchProblems = (finding: GabFinding): string =>
  byReason(
    finding,
    {
      'attribute-integer': 'an attribute of its vertices has a kind of number that graphics cards refuse',
      'attribute-type': `the attribute ${param(finding, 'name')} of its vertices has the type ${param(finding, 'type')}`,
      counts: `only ${param(finding, 'count')} of ${param(finding, 'vertices')} vertices have a value of an attribute`,
      'index-type': 'the corners of its triangles are stored in a kind of number that graphics cards refuse',
      'index-stride': 'the corners of its triangles have gaps between them',
      'target-counts': `a shape (morph target) has ${param(finding, 'count')} vertices, its mesh ${param(finding, 'vertices')}`,
      weights: `a node sets ${param(finding, 'weights')} shapes (morph targets) of a mesh that lacks them in at least one part`,
      'matrix-type': 'the matrices of its skeleton are not 4 × 4 numbers',
      'matrix-stride': 'the matrices of its skeleton have gaps between them',
      matrices: `its skeleton has ${param(finding, 'joints')} joints but only ${param(finding, 'count')} matrices`,
      'time-type': 'the times of an animation are not plain numbers',
      'no-keyframes': 'an animation has no keyframes',
      'keyframe-stride': 'the keyframes of an animation have gaps between them',
      keyframes: `an animation has ${param(finding, 'count')} values and needs ${param(finding, 'expected')}`,
      'value-type': 'the values of an animation do not fit to what it moves',
      compressed: `the attribute “${param(finding, 'name', 'of vertices')}” is compressed but not described`,
      'value-normalized': 'the values of an animation are marked as normalized, which they cannot be',
    },
    'two of its parts do not fit together',
  );

const boundsProblems = (finding: GabFinding): string =>
  byReason(
    finding,
    {
      view: `a part of its data ends at byte ${param(finding, 'end')} of ${param(finding, 'available')}`,
      accessor: `a list of values ends at byte ${param(finding, 'end')} of ${param(finding, 'available')}`,
      'no-data': 'it describes data that the file does not contain',
      unpacked: `compressed data is described as ${param(finding, 'described')} bytes but unpacks to ${param(finding, 'unpacked')}`,
      'stride-large': `its vertices are ${param(finding, 'stride')} bytes apart, more than graphics cards allow`,
      'stride-small': 'its values overlap each other',
      alignment: 'a list of values starts in the middle of a number',
      'sparse-count': `${param(finding, 'count')} values are replaced in a list of ${param(finding, 'available')}`,
      'sparse-kind': 'values are replaced in a list where that is not possible',
      memory: 'its data would unpack to more than 512 MB',
      overlap: 'it reads the same data again and again',
      'buffer-text': 'data that is written into its description is damaged',
      'buffer-short': `data that is written into its description has ${param(finding, 'available')} of ${param(finding, 'declared')} bytes`,
    },
    'its data is shorter than its description says',
  );

const dataProblems = (finding: GabFinding): string =>
  byReason(
    finding,
    {
      'not-finite': 'it contains values that are not numbers',
      index: `a triangle uses vertex ${param(finding, 'found')}, but there are ${param(finding, 'limit')}`,
      'sparse-index': 'a value is replaced that does not exist',
      picture: 'a picture in it is damaged, or neither PNG, JPEG, WebP, AVIF nor KTX2',
      'picture-type-missing': 'it does not say which format a picture in it has',
      'picture-source': 'a picture in it has no content',
      'texture-type': 'a KTX2 picture is used without the extension KHR_texture_basisu',
      'texture-source': 'a texture in it has no picture',
    },
    'some of its values are damaged',
  );

const describedWrong: Readonly<Record<string, string>> = {
  'attribute-component': 'vertices are stored in a kind of number that glTF does not allow for them',
  'attribute-name': 'attributes of vertices have names that glTF does not define',
  'attribute-integer': 'attributes that are not drawn have a kind of number that graphics cards refuse',
  'attribute-type': 'attributes have more or fewer numbers for each vertex than glTF allows, without need',
  counts: 'attributes have more values than there are vertices, or fewer that are not drawn',
  duplicate: 'the same entry is listed twice',
  'extension-place': 'an extension is used in a place where it has no effect',
  'few-keyframes': 'a curved animation has a single keyframe',
  'index-stride': 'the corners of compressed triangles are described with gaps between them',
  'index-type': 'the corners of compressed triangles are described as another kind of number',
  'joints-weights': 'the joints of vertices and their weights do not come in pairs',
  kind: 'values are of the wrong kind',
  length: 'lists of numbers are longer or shorter than they should be, without need',
  missing: 'values are missing',
  'no-positions': 'a mesh has no positions and is not drawn',
  'no-targets': 'an animation moves shapes (morph targets) that the mesh lacks',
  null: 'values are null, which counts as missing',
  numbering: 'the numbers of attributes have gaps',
  'pointer-target': 'an animation names what it moves in two ways',
  range: 'values are out of range',
  reference: 'something that does not exist is referred to, but not needed',
  rotation: 'a rotation is not of unit length',
  'time-type': 'the times of an animation are stored as whole numbers',
  'same-target': 'an animation moves the same thing twice',
  'skin-mesh': 'a mesh has a skeleton but no weights, so that it does not move with it',
  'skin-unused': 'a skeleton is used without a mesh',
  skew: 'a node is skewed, which is drawn without the skew',
  stride: 'vertices are an unusual number of bytes apart',
  'target-base': 'shapes (morph targets) change attributes that the mesh lacks',
  'target-counts': 'shapes (morph targets) have fewer or more values than the mesh, which are not drawn',
  targets: 'the parts of a mesh have different numbers of shapes (morph targets)',
  'texture-places': 'a material has a texture, but the mesh does not say where to put it',
  'unused-fault': 'parts that are never used are damaged',
  undeclared: 'extensions are used without being declared',
  value: 'values are not among those that glTF allows',
  weights: 'a list of weights does not have one for each shape (morph target)',
};

const storedWrong: Readonly<Record<string, string>> = {
  colors: 'vertex colors are outside of 0 to 1',
  joint: 'vertices refer to joints that the skeleton lacks',
  matrices: 'matrices of the skeleton distort space',
  'not-finite': 'normals, texture places, tangents or colors contain values that are not numbers',
  'picture-extension': 'pictures have a format whose extension is not declared',
  'picture-sources': 'a picture has two contents; one is used',
  'picture-type': 'pictures have another format than the file says',
  range: 'the smallest and largest values do not match the declared ones',
  'sparse-order': 'replaced values are not in order',
  'texture-type': 'a texture has a picture of a format that needs an extension',
  times: 'the keyframes of an animation are not in order',
  weights: 'weights of vertices are negative',
};

const formalities: Readonly<Record<string, string>> = {
  empty: 'empty lists',
  undeclared: 'extensions that are used without being declared',
  'no-range': 'no smallest and largest values for positions or keyframes',
  start: 'values that do not start at a multiple of their size',
  'attribute-alignment': 'vertices that do not start at a multiple of four bytes',
  'shared-view': 'attributes that share data without declaring it',
};

/** Why an error inside a model matters. */
const NOT_DRAWN = "It can't be loaded, or would be drawn wrong.";

function damage(problemOf: (finding: GabFinding) => string): Explain {
  return (finding) => ({
    what: `The model ${entryOf(finding)} is damaged: ${problemOf(finding)}${place(finding)}.`,
    why: NOT_DRAWN,
    fix: EXPORT_AGAIN,
  });
}

/** Findings about what is inside a model. */
export const gltfFindingTexts = {
  GAB_E_GLB_PROPERTY: damage(propertyProblems),
  GAB_E_GLB_REFERENCE: damage(
    (finding) =>
      `it refers to number ${param(finding, 'index')} of its ${param(finding, 'list')}, and has only ${param(finding, 'count')} of them, counted from 0`,
  ),
  GAB_E_GLB_NODES: damage((finding) =>
    byReason(
      finding,
      {
        depth: `more than ${param(finding, 'maxDepth')} nodes are inside each other`,
        loop: 'a node is inside itself',
        parents: 'a node is inside two others',
        root: 'a node is placed twice',
      },
      'its nodes are not a tree',
    ),
  ),
  GAB_E_GLB_BOUNDS: damage(boundsProblems),
  GAB_E_GLB_MISMATCH: damage(mismatchProblems),
  GAB_E_GLB_DATA: damage(dataProblems),
  GAB_W_GLB_DESCRIPTION: (finding) => ({
    what: `The model ${entryOf(finding)} doesn't follow glTF 2.0: ${byReason(finding, describedWrong, 'its description is unusual')}${places(finding)}.`,
    why: 'Our runtime draws it. Other programs may refuse it or show it differently.',
    fix: 'Check in the preview that it looks right. To be safe, export it again with a current exporter.',
  }),
  GAB_W_GLB_DATA: (finding) => ({
    what: `Some data of the model ${entryOf(finding)} is unusual: ${byReason(finding, storedWrong, 'it does not match its description')}${places(finding)}.`,
    why: 'Our runtime draws it, but parts may look wrong or move wrong.',
    fix: 'Check in the preview that it looks and moves right. Otherwise export it again.',
  }),
  GAB_I_GLB_FORMALITY: (finding) => ({
    what: `The model ${entryOf(finding)} is written in an unusual way: ${byReason(finding, formalities, 'details that no program we know needs')}${places(finding)}.`,
    why: 'It makes no difference to our runtime.',
    fix: REPORT_EXPORTER,
  }),
  GAB_I_GLB_UNUSED: (finding) => ({
    what: `The model ${entryOf(finding)} contains ${param(finding, 'count')} ${param(finding, 'reason')} that nothing uses (first at ${finding.pointer ?? 'an unknown place'}).`,
    why: 'They only make the avatar larger.',
    fix: 'Remove them if the size matters.',
  }),
} as const satisfies Partial<Record<GabCode, Explain>>;
