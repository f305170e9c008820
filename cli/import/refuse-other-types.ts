import { recognizeBytes } from '../../shared/gab/recognize/recognize-bytes.ts';
import { describeType } from '../../shared/gab/recognize/texts.en.ts';
import { showText } from '../../shared/gab/show-text.ts';
import { SNIFF_BYTES } from '../../shared/gab/sniff.ts';
import { UsageError } from '../command-output.ts';

/**
 * Throws a `UsageError` that says what the file is, and what to do with it, if it doesn't begin like
 * a binary glTF. `content` may be only its first bytes.
 */
export function refuseOtherTypes(fileName: string, content: Uint8Array): void {
  const type = recognizeBytes(content.subarray(0, SNIFF_BYTES));
  if (type === 'glb') return;
  const shown = showText(fileName, 200);
  const text = type === null ? null : describeType(type);
  throw new UsageError(
    text
      ? `${shown} is ${text.is}. ${text.way}`
      : `${shown} isn't a binary glTF model, and its format is unknown. Use a .glb or .vrm file, or a LAM or GVRM zip.`,
  );
}
