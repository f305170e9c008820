import { byReason, bytesParam, type Explain, entryOf, param } from '../finding-text.ts';

const EXPORT_SPLAT = 'Export the splat again as binary PLY or SPZ, with fewer points if needed.';

import type { GabFinding } from '../report.ts';

/** What is wrong with a Gaussian splat. */
export const explainSplat: Explain = (finding) => ({
  what: byReason(
    finding,
    {
      'not-spz': `${entryOf(finding)} is compressed with gzip, but what is in it isn't an SPZ splat.`,
      supersplat: `${entryOf(finding)} is a compressed splat of SuperSplat, which isn't supported.`,
      mesh: `${entryOf(finding)} is a mesh or a plain cloud of points, not a Gaussian splat.`,
    },
    `The splat ${entryOf(finding)} can't be used: ${describeSplatFault(finding)}.`,
  ),
  why: "It can't be drawn, or would exhaust memory.",
  fix: byReason(
    finding,
    {
      supersplat: 'Export it from SuperSplat as uncompressed PLY or as SPZ.',
      mesh: 'Use the file of the splat, which has opacity, scale and rotation for each point. Export a mesh as binary glTF (.glb).',
      'line-ends':
        'Copy the original file again, without a conversion of line ends (in Git: “*.ply -text” in .gitattributes).',
      ascii: 'Export the splat as binary PLY (little-endian) or SPZ.',
      'big-endian': 'Export the splat as binary PLY (little-endian) or SPZ.',
      truncated: 'Copy or download the file again from its source.',
    },
    EXPORT_SPLAT,
  ),
});

function describeSplatFault(finding: GabFinding): string {
  return byReason(
    finding,
    {
      points: `it has ${param(finding, 'points')} points, more than 2,000,000 or than fit into the file`,
      length: "its length doesn't match its number of points",
      truncated: `it is cut off (it has ${bytesParam(finding, 'sizeBytes')} of ${bytesParam(finding, 'declaredBytes')})`,
      'trailing-data': `extra bytes follow its points (it has ${bytesParam(finding, 'sizeBytes')} instead of ${bytesParam(finding, 'declaredBytes')})`,
      gzip: 'its compressed data is damaged',
      property: `the property “${param(finding, 'property', 'of a point')}” is missing or isn't a “float”`,
      type: `its property “${param(finding, 'property')}” has the type “${param(finding, 'type')}”, which the runtime doesn't read`,
      list: 'its points contain lists',
      element: "it doesn't consist of one list of points (“element vertex”)",
      line: 'its header has a line that is not part of the PLY format',
      format: "it isn't binary_little_endian 1.0",
      ascii: 'it is text (ASCII) instead of binary',
      'big-endian': 'its numbers are big-endian',
      'line-ends': 'its header has line ends of Windows (CR LF), so it was changed as if it were text',
      encoding: 'its header contains letters that are not in UTF-8',
      'header-end': 'the end of its header is missing',
      version: `its version ${param(finding, 'version')} isn't supported`,
    },
    'its header is damaged',
  );
}
