import { assertNever } from '../../../shared/lib/assert-never.ts';
import type { Body } from './body.ts';
import type { BodyInput } from './body-input.ts';

/** The body of a bundle by its kind. What another kind needs is not even loaded. */
export async function createBody(input: BodyInput): Promise<Body> {
  const { type } = input.bundle.manifest.body;
  switch (type) {
    case 'model3d':
      return (await import('./model-body.ts')).createModelBody(input);
    case 'splat':
      return (await import('./splat-body.ts')).createSplatBody(input);
    case 'portrait2d':
      return (await import('./portrait-body.ts')).createPortraitBody(input);
    default:
      return assertNever(type);
  }
}
