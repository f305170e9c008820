import { LinearFilter, Mesh, PlaneGeometry, SRGBColorSpace, Texture } from 'three';
import { extensionOf } from '../../../shared/gab/asset-table.ts';
import { imageFormats, readImageHeader } from '../../../shared/gab/content/image-header.ts';
import { faceShapes } from '../../../shared/gab/face-shapes.ts';
import type { GabAsset } from '../../../shared/gab/manifest/manifest.ts';
import type { OpenBundle } from '../../../shared/gab/open-bundle.ts';
import type { FaceState } from '../face/face-state.ts';
import { PreviewFailure } from '../failure.ts';
import { refuseTooMuch, textureBytes } from '../loaders/graphics-memory.ts';
import type { Landmarks } from '../view/framing.ts';
import type { Body } from './body.ts';
import type { BodyInput } from './body-input.ts';
import { PortraitMaterial } from './portrait-material.ts';
import { strongestPortrait } from './strongest-portrait.ts';

/** A picture has no size in meters: it is shown one meter high. */
const HEIGHT_METERS = 1;

/** A body made of pictures: `restId` at rest, others for mouth shapes and expressions. */
export async function createPortraitBody({ bundle, isCurrent }: BodyInput, restId: string): Promise<Body> {
  const pictures = new Map<string, Texture>();
  let memoryBytes = 0;
  for (const asset of usedPictures(bundle, restId)) {
    if (!isCurrent()) break;
    const bytes = new Uint8Array(await bundle.readAsset(asset.id));
    memoryBytes += measure(asset, bytes);
    refuseTooMuch(memoryBytes, 0);
    pictures.set(asset.id, await toTexture(asset, bytes));
  }
  const rest = pictures.get(restId);
  if (!rest) throw new PreviewFailure('damaged', 'the portrait is missing');
  return new PortraitBody({ restId, rest, pictures, memoryBytes });
}

/** The picture at rest and all pictures that the face refers to. */
function usedPictures({ manifest }: OpenBundle, restId: string): GabAsset[] {
  const ids = new Set([restId]);
  for (const { shape } of faceShapes(manifest.face)) {
    if ('image' in shape && typeof shape.image === 'string') ids.add(shape.image);
  }
  return manifest.assets.filter(({ id, kind }) => kind === 'portrait' && ids.has(id));
}

function measure({ format, path }: GabAsset, bytes: Uint8Array): number {
  const imageFormat = imageFormats.find((name) => name === format);
  const header = imageFormat ? readImageHeader(bytes, imageFormat).header : null;
  if (!header) throw new PreviewFailure('damaged', `${path} is not a picture`);
  return textureBytes(header.width, header.height);
}

async function toTexture({ format, path }: GabAsset, bytes: Uint8Array<ArrayBuffer>): Promise<Texture> {
  const type = `image/${format === 'jpeg' ? 'jpeg' : extensionOf(format)}`;
  const bitmap = await createImageBitmap(new Blob([bytes], { type }), { imageOrientation: 'flipY' }).catch(() => {
    throw new PreviewFailure('damaged', `${path} cannot be decoded`);
  });
  const texture = new Texture(bitmap);
  // Bitmaps are flipped while they are decoded, because WebGL does not flip them.
  texture.flipY = false;
  texture.colorSpace = SRGBColorSpace;
  texture.magFilter = LinearFilter;
  texture.needsUpdate = true;
  return texture;
}

interface PortraitParts {
  readonly restId: string;
  readonly rest: Texture;
  readonly pictures: ReadonlyMap<string, Texture>;
  readonly memoryBytes: number;
}

class PortraitBody implements Body {
  readonly root: Mesh;
  readonly landmarks: Landmarks;
  readonly clips = [];
  readonly model = null;
  readonly morphs = [];
  readonly expressions = [];
  readonly triangles = 2;
  readonly splatPoints = 0;
  readonly memoryBytes: number;
  readonly #parts: PortraitParts;
  readonly #material: PortraitMaterial;

  constructor(parts: PortraitParts) {
    this.#parts = parts;
    this.#material = new PortraitMaterial(parts.rest);
    this.memoryBytes = parts.memoryBytes;
    const { width, height } = parts.rest.image as ImageBitmap;
    const widthMeters = (HEIGHT_METERS * width) / height;
    this.root = new Mesh(new PlaneGeometry(widthMeters, HEIGHT_METERS), this.#material.material);
    this.root.position.y = HEIGHT_METERS / 2;
    this.landmarks = {
      min: [-widthMeters / 2, 0, 0],
      max: [widthMeters / 2, HEIGHT_METERS, 0],
      hipsY: null,
      chestY: null,
      head: null,
    };
  }

  applyFace({ images }: FaceState): void {
    const { pictures, rest, restId } = this.#parts;
    this.#material.show(pictures.get(strongestPortrait(images, restId)) ?? rest);
  }

  playClip(): void {
    // Pictures have no clips.
  }

  setPaused(): void {
    // Nothing to pause.
  }

  update(): boolean {
    return false;
  }

  ready(draw: () => void): Promise<void> {
    draw();
    return Promise.resolve();
  }

  dispose(): void {
    this.root.geometry.dispose();
    this.#material.material.dispose();
    for (const picture of this.#parts.pictures.values()) {
      picture.dispose();
      (picture.image as ImageBitmap).close();
    }
    this.root.removeFromParent();
  }
}
