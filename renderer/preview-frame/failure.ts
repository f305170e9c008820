import type { PreviewFailureCode } from '../../shared/contract/preview-frame.ts';

/** Longest detail that goes over the wire, in characters: the window's schema refuses more. */
const MAX_DETAIL_CHARS = 300;

/** Why a bundle is not drawn, in a form that the window has words for. */
export class PreviewFailure extends Error {
  override name = 'PreviewFailure';
  readonly code: PreviewFailureCode;

  constructor(code: PreviewFailureCode, detail: string) {
    super(detail);
    this.code = code;
  }
}

/** Whatever was thrown, as a failure: what nobody expected means that the bundle is damaged. */
export function toFailure(error: unknown): PreviewFailure {
  if (error instanceof PreviewFailure) return error;
  const isOutOfMemory = error instanceof RangeError && /allocation|array length|array buffer/i.test(error.message);
  return new PreviewFailure(isOutOfMemory ? 'too-much-memory' : 'damaged', textOf(error));
}

function textOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  if (typeof error === 'string') return error;
  // Loaders of images and workers reject with events.
  return error instanceof ErrorEvent ? error.message : 'an unknown error';
}

/** Cut to what the wire takes. */
export function detailOf(failure: PreviewFailure): string {
  return failure.message.slice(0, MAX_DETAIL_CHARS);
}
