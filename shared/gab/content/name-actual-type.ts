import { type FileType, recognizeBytes } from '../recognize/recognize-bytes.ts';
import { SNIFF_BYTES } from '../sniff.ts';
import { type ContentFinding, type ContentProbe, type ContentResult, PrefixBuffer } from './probe.ts';

/** Types that a JSON asset may have and still be broken JSON. */
const JSON_TYPES: ReadonlySet<FileType> = new Set(['json', 'gltf-text']);

/**
 * Adds to "this isn't what its format says" what it is instead (`actual`), if that can be
 * recognized: a web page, a Git LFS pointer, an FBX model ...
 */
export function nameActualType(probe: ContentProbe): ContentProbe {
  const head = new PrefixBuffer(SNIFF_BYTES);
  return {
    push: (bytes) => {
      head.push(bytes);
      probe.push(bytes);
    },
    finish: async (sizeBytes, codec) => withActual(await probe.finish(sizeBytes, codec), head.bytes),
  };
}

function withActual(result: ContentResult, head: Uint8Array): ContentResult {
  if (!result.findings.some(isWrongContent)) return result;
  const actual = recognizeBytes(head);
  if (actual === null) return result;
  return { ...result, findings: result.findings.map((finding) => addActual(finding, actual)) };
}

function isWrongContent({ code, params }: ContentFinding): boolean {
  return code === 'GAB_E_ASSET_TYPE' && params?.reason === 'content';
}

function addActual(finding: ContentFinding, actual: FileType): ContentFinding {
  const isBrokenJson = finding.params?.expected === 'json' && JSON_TYPES.has(actual);
  return isWrongContent(finding) && !isBrokenJson ? { ...finding, params: { ...finding.params, actual } } : finding;
}
