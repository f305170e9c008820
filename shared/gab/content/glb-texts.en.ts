import { byReason, bytesParam, type Explain, entryOf, param } from '../finding-text.ts';
import { describeJsonFault, fixJsonFault } from '../json/texts.en.ts';
import type { GabFinding } from '../report.ts';

const EXPORT_MODEL = 'Export the model again as binary glTF (.glb) or VRM and check it in a viewer.';
const COPY_AGAIN = 'Copy or download the model again from its source.';
const UNCHECKED = 'Something could be hidden there that no check sees.';
const CONVERT_OLD =
  'Open it in a program that still reads glTF 1.0, and export it as binary glTF 2.0 (.glb) or VRM. Files made with a current exporter are glTF 2.0.';

/** What is wrong with the frame, the description or the data of a model. */
export const explainGlb: Explain = (finding) => ({
  what: byReason(
    finding,
    {
      version: `The model ${entryOf(finding)} is glTF ${versionOf(param(finding, 'version'))}; only glTF 2.0 can be used.`,
      'gltf-version': `The model ${entryOf(finding)} says that it is glTF ${versionOf(param(finding, 'version'))}; only glTF 2.0 can be used.`,
      'no-vrm-data': `The model ${entryOf(finding)} is declared as VRM but has no VRM data.`,
    },
    `The model ${entryOf(finding)} is damaged: ${describeDamage(finding)}.`,
  ),
  why: byReason(
    finding,
    { 'buffer-longer': UNCHECKED, 'trailing-data': UNCHECKED },
    "It can't be drawn, or not as it was made.",
  ),
  fix: byReason(
    finding,
    {
      version: CONVERT_OLD,
      'gltf-version': CONVERT_OLD,
      'header-end': COPY_AGAIN,
      truncated: COPY_AGAIN,
      'trailing-data': `${COPY_AGAIN} If that doesn't help: ${EXPORT_MODEL}`,
      json: fixJsonFault(finding, 'detail', EXPORT_MODEL),
      'no-vrm-data': 'Export the model as VRM, or list it in “glb” format with a name that ends in .glb.',
    },
    EXPORT_MODEL,
  ),
});

function describeDamage(finding: GabFinding): string {
  return byReason(
    finding,
    {
      // Reports of servers from before the reasons were told apart.
      length: "its length doesn't match its header",
      'buffer-length': "its data doesn't have the length that its description says",
      truncated: `it is cut off (it has ${bytesParam(finding, 'sizeBytes')} of ${bytesParam(finding, 'declaredBytes')})`,
      'header-end': 'it is cut off in the middle of its header',
      'trailing-data': `extra bytes follow its end (it has ${bytesParam(finding, 'sizeBytes')} instead of ${bytesParam(finding, 'declaredBytes')})`,
      'chunk-length': 'one of its parts reaches beyond the end of the file',
      'chunk-alignment': "the length of one of its parts isn't a multiple of 4",
      'json-chunk': "it doesn't start with its description, or has two",
      'binary-chunk': "its data isn't directly behind its description",
      'json-size': 'its description is larger than 8 MiB',
      'json-padding': 'its description is filled up with zero bytes, where only spaces are allowed',
      json: `its description can't be read: ${describeJsonFault(finding, 'detail')}`,
      'buffer-missing': 'its description mentions data that is not in the file',
      'buffer-shorter': `its data is shorter than its description says (${bytesParam(finding, 'binaryBytes')} instead of ${bytesParam(finding, 'declaredBytes')})`,
      'buffer-longer': `its data is longer than its description says (${bytesParam(finding, 'binaryBytes')} instead of ${bytesParam(finding, 'declaredBytes')})`,
    },
    "its parts don't fit together",
  );
}

/** The header has a whole number, the description "1.0" or nothing. */
function versionOf(version: string): string {
  return /^\d+$/.test(version) ? `${version}.0` : `“${version}”`;
}
