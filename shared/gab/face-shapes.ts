import { toPointer } from './json/json-pointer.ts';
import type { GabManifest, GabShape } from './manifest/manifest.ts';

export interface NamedFaceShape {
  readonly shape: GabShape;
  /** JSON pointer of the shape in the manifest. */
  readonly pointer: string;
}

/** Every shape that the face names: first those of the visemes, then those of the expressions. */
export function* faceShapes(face: GabManifest['face']): Generator<NamedFaceShape> {
  const groups = [
    ['/face/visemes/map', face?.visemes?.map ?? {}],
    ['/face/expressions', face?.expressions ?? {}],
  ] as const;
  for (const [base, shapesByName] of groups) {
    for (const [name, shapes] of Object.entries(shapesByName)) {
      for (const [index, shape] of (shapes ?? []).entries()) {
        yield { shape, pointer: `${base}${toPointer([name, index])}` };
      }
    }
  }
}
