import type { PreviewFailureCode } from '../../../shared/contract/preview-frame.ts';
import { formatBytes } from '../../../shared/lib/sizes.ts';
import type { PreviewState } from './use-preview.ts';

/** Why nothing moves here, for people who make avatars. */
const FAILURES: Readonly<Record<PreviewFailureCode, string>> = {
  'no-webgl': 'This machine cannot draw in 3D here, so only the picture is shown.',
  'too-much-memory': 'It needs more graphics memory than a preview may take. Smaller textures or fewer triangles help.',
  damaged: 'Something in it could not be read, so it cannot be drawn.',
  unsupported: 'It uses something that this preview cannot draw.',
  'context-lost': 'The graphics card took the drawing away.',
  'too-slow': 'It was not ready within 10 seconds, so the preview was ended.',
  gone: 'The preview stopped answering and was ended.',
};

export function failureSentence(code: PreviewFailureCode): string {
  return FAILURES[code];
}

/** What a frame that died once may well do when it is asked again. */
export function canTryAgain(code: PreviewFailureCode): boolean {
  return code !== 'no-webgl';
}

const STAGES = { reading: 'Reading', decoding: 'Decoding', building: 'Building' } as const;

/** What is being waited for. */
export function waitingSentence(state: Extract<PreviewState, { kind: 'fetching' | 'loading' }>): string {
  if (state.kind === 'loading') return STAGES[state.stage];
  if (state.totalBytes === 0) return 'Opening';
  return `Fetching ${formatBytes(state.doneBytes)} of ${formatBytes(state.totalBytes)}`;
}
