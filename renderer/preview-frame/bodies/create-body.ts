import type { PreviewFailureCode } from '../../../shared/contract/preview-frame.ts';
import { assertNever } from '../../../shared/lib/assert-never.ts';
import { toFailure } from '../failure.ts';
import type { Body } from './body.ts';
import type { BodyInput } from './body-input.ts';

export interface CreatedBody {
  readonly body: Body;
  /** Why this is the fallback and not what the bundle is made of; null where it is. */
  readonly replaced: PreviewFailureCode | null;
}

/** The body of a bundle; where it cannot be drawn and the manifest names a fallback, that portrait (gab-format 3). */
export async function createBody(input: BodyInput): Promise<CreatedBody> {
  try {
    return { body: await createMainBody(input), replaced: null };
  } catch (error) {
    const { type, fallback } = input.bundle.manifest.body;
    if (fallback === undefined || type === 'portrait2d' || !input.isWanted()) throw error;
    const { createPortraitBody } = await import('./portrait-body.ts');
    return { body: await createPortraitBody(input, fallback), replaced: toFailure(error).code };
  }
}

/** By the kind of the body. What another kind needs is not even loaded. */
async function createMainBody(input: BodyInput): Promise<Body> {
  const { type, main } = input.bundle.manifest.body;
  switch (type) {
    case 'model3d':
      return (await import('./model-body.ts')).createModelBody(input);
    case 'splat':
      return (await import('./splat-body.ts')).createSplatBody(input);
    case 'portrait2d':
      return (await import('./portrait-body.ts')).createPortraitBody(input, main);
    default:
      return assertNever(type);
  }
}
