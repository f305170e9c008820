import type { PreviewFailureCode } from '../../../shared/contract/preview-frame.ts';
import { sentence } from '../../../shared/lib/sentence.ts';

/** Why there is no preview, for people who make avatars. */
const failures: Readonly<Record<PreviewFailureCode, string>> = {
  'no-webgl': "3D graphics aren't available on this computer. Only the thumbnail is shown.",
  'too-much-memory': 'The avatar needs too much graphics memory. Use smaller textures or fewer triangles.',
  damaged: "Part of the file couldn't be read, so there's no preview.",
  unsupported: "The avatar uses a feature that the preview doesn't support.",
  'context-lost': 'The graphics card stopped drawing the preview. Try again.',
  'too-slow': 'The preview took longer than 10 seconds to load and was stopped.',
  gone: 'The preview stopped responding and was closed.',
};

export const bundlePreviewTexts = {
  failures,
  stages: { reading: 'Reading', decoding: 'Decoding', building: 'Building' },
  /** Shown below the failure. */
  details: {
    notStarted: "The preview didn't start.",
    invalidMessage: 'The preview sent an invalid message.',
    callFailed: 'This is a bug in Gabinet, not your mistake.',
    noReply: "The preview didn't reply.",
  },
  notOpened: "Couldn't open the preview",
  opening: 'Opening',
  downloading: (done: string, total: string) => sentence`Downloading ${done} of ${total}`,
  progress: 'Opening the preview',
  tryAgain: 'Try again',
} as const;
