import type { PreviewFailureCode } from '../../shared/contract/preview-frame.ts';
import { sentence } from '../../shared/lib/sentence.ts';

const reasons: Readonly<Record<PreviewFailureCode, string>> = {
  damaged: "part of the file couldn't be read",
  unsupported: "it uses a feature that the preview doesn't support",
  'no-webgl': "3D graphics aren't available",
  'too-much-memory': 'it needs too much graphics memory',
  'context-lost': 'the graphics card stopped drawing',
  'too-slow': 'it took longer than 10 seconds to load',
  gone: 'the preview stopped responding',
};

export const drawingFailureTexts = {
  reasons,
  /** The reason is in the bundle. */
  bundle: {
    what: (reason: string) => sentence`The preview couldn't draw this avatar: ${reason}.`,
    why: 'Applications may not be able to draw it either.',
    fix: 'Export the avatar again, and preview the new file before you make it live.',
  },
  /** The reason may be this computer's. */
  computer: {
    what: (reason: string) => sentence`This computer couldn't draw this avatar: ${reason}.`,
    why: 'The bundle may be fine: another computer may draw it.',
    fix: 'Open the preview again, or open it on another computer.',
  },
  code: (reason: PreviewFailureCode) => sentence`preview_failed: ${reason}`,
} as const;
