import { MAX_FAILURE_DETAIL_CHARS, type PreviewFailureCode } from '../../shared/contract/preview-frame.ts';

/** Why a bundle is not drawn. The window has a text for each code. */
export class PreviewFailure extends Error {
  override name = 'PreviewFailure';
  readonly code: PreviewFailureCode;

  constructor(code: PreviewFailureCode, detail: string) {
    super(detail);
    this.code = code;
  }
}

/** Turns anything thrown into a failure. An unexpected error means that the bundle is damaged. */
export function toFailure(error: unknown): PreviewFailure {
  if (error instanceof PreviewFailure) return error;
  const isOutOfMemory = error instanceof RangeError && /allocation|array length|array buffer/i.test(error.message);
  return new PreviewFailure(isOutOfMemory ? 'too-much-memory' : 'damaged', textOf(error));
}

function textOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  if (typeof error === 'string') return error;
  // Image loaders and workers reject with events.
  return error instanceof ErrorEvent ? error.message : 'an unknown error';
}

/** The message, cut to the longest detail. */
export function detailOf(failure: PreviewFailure): string {
  return failure.message.slice(0, MAX_FAILURE_DETAIL_CHARS);
}
