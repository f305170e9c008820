import { bytesSource } from '../../../shared/gab/byte-source.ts';
import { type OpenBundle, openBundle } from '../../../shared/gab/open-bundle.ts';
import { webCodec } from '../../../shared/gab/web-codec.ts';
import { PreviewFailure } from '../failure.ts';

/** Opens and completely verifies a bundle: everything that is drawn matches its hashes. */
export async function readBundle(bytes: ArrayBuffer, fileName: string): Promise<OpenBundle> {
  const codec = webCodec({ subtle: crypto.subtle, DecompressionStream });
  const opened = await openBundle(bytesSource(new Uint8Array(bytes)), { fileName, policy: 'lenient', codec });
  if (opened.ok) return opened.bundle;
  const { container, issues } = opened.report;
  const codes = issues.filter(({ severity }) => severity === 'error').map(({ code }) => code);
  if (container !== 'gab' && codes.length === 0) throw new PreviewFailure('unsupported', 'the file is not a bundle');
  throw new PreviewFailure('damaged', [...new Set(codes)].join(', '));
}
