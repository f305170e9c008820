import type { PreviewFailureCode } from '../../../shared/contract/preview-frame.ts';
import { assertNever } from '../../../shared/lib/assert-never.ts';
import { toFailure } from '../failure.ts';
import type { Body } from './body.ts';
import type { BodyInput } from './body-input.ts';

export interface CreatedBody {
  readonly body: Body;
  /** Why this is the fallback of the manifest; null if it is the body itself. */
  readonly replaced: PreviewFailureCode | null;
}

/**
 * Creates the body of a bundle, or the fallback portrait of the manifest if the body cannot be
 * drawn (gab-format 3).
 */
export async function createBody(input: BodyInput): Promise<CreatedBody> {
  try {
    return { body: await createMainBody(input), replaced: null };
  } catch (error) {
    const { type, fallback } = input.bundle.manifest.body;
    if (fallback === undefined || type === 'portrait2d' || !input.isCurrent()) throw error;
    const { createPortraitBody } = await import('./portrait-body.ts');
    return { body: await createPortraitBody(input, fallback), replaced: toFailure(error).code };
  }
}

/** Only the code for this kind of body is loaded. */
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
