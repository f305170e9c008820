import { SparkRenderer, SplatFileType, SplatMesh } from '@sparkjsdev/spark';
import { Box3, Group } from 'three';
import { PreviewFailure } from '../failure.ts';
import { refuseTooMuch } from '../loaders/graphics-memory.ts';
import { readableBySpark } from '../loaders/readable-splat.ts';
import { readSplatFacts } from '../loaders/splat-facts.ts';
import type { Landmarks } from '../view/framing.ts';
import type { Body } from './body.ts';
import type { BodyInput } from './body-input.ts';
import { boundsOfMost, sampleStep } from './splat-bounds.ts';

/**
 * Longest wait for the first sorting, in milliseconds. Without it the picture is wrong, but not
 * empty.
 */
const FIRST_SORT_MS = 3000;

/** A body of Gaussian splats. Splats bound to a mesh are shown as captured, without movement. */
export async function createSplatBody(input: BodyInput): Promise<Body> {
  const { manifest } = input.bundle;
  const asset = manifest.assets.find(({ id }) => id === manifest.body.main);
  if (!asset) throw new PreviewFailure('damaged', 'the body has no splat');
  const bytes = new Uint8Array(await input.bundle.readAsset(asset.id));
  const facts = await readSplatFacts(bytes, asset.format);
  refuseTooMuch(facts.memoryBytes, 0);
  const fileType = asset.format === 'ply' ? SplatFileType.PLY : SplatFileType.SPZ;
  const mesh = new SplatMesh({ fileBytes: await readableBySpark(bytes, facts), fileType, raycastable: false });
  await mesh.initialized;
  // RDF (right, down, forward) is used in photogrammetry. Half a turn around x makes it right, up,
  // back.
  const coordinates = asset.coordinates ?? (asset.format === 'ply' ? 'RDF' : 'RUB');
  if (coordinates === 'RDF') mesh.rotation.x = Math.PI;
  return new SplatBody({ mesh, input, points: facts.points, memoryBytes: facts.memoryBytes });
}

interface SplatParts {
  readonly mesh: SplatMesh;
  readonly input: BodyInput;
  readonly points: number;
  readonly memoryBytes: number;
}

class SplatBody implements Body {
  readonly root = new Group();
  readonly landmarks: Landmarks;
  readonly clips = [];
  readonly model = null;
  readonly morphs = [];
  readonly expressions = [];
  readonly triangles = 0;
  readonly splatPoints: number;
  readonly memoryBytes: number;
  readonly #mesh: SplatMesh;
  readonly #spark: SparkRenderer;
  #onSorted: () => void = () => undefined;

  constructor({ mesh, input, points, memoryBytes }: SplatParts) {
    this.#mesh = mesh;
    this.splatPoints = points;
    this.memoryBytes = memoryBytes;
    const onDirty = () => {
      input.onChange();
      if (this.#isSorted()) this.#onSorted();
    };
    this.#spark = new SparkRenderer({ renderer: input.renderer, onDirty, enableLod: false });
    this.root.add(this.#spark, mesh);
    this.landmarks = landmarksOf(mesh);
  }

  applyFace(): void {
    // Splats have no morphs.
  }

  playClip(): void {
    // Splats have no bones.
  }

  setPaused(): void {
    // Nothing to pause.
  }

  update(): boolean {
    return false;
  }

  async ready(draw: () => void): Promise<void> {
    const sorted = new Promise<void>((resolve) => {
      this.#onSorted = resolve;
      setTimeout(resolve, FIRST_SORT_MS);
    });
    draw();
    await sorted;
    draw();
  }

  dispose(): void {
    this.#mesh.dispose();
    this.#spark.dispose();
    this.root.removeFromParent();
  }

  #isSorted(): boolean {
    return this.#spark.activeSplats > 0 && !this.#spark.sorting;
  }
}

function landmarksOf(mesh: SplatMesh): Landmarks {
  mesh.updateMatrixWorld(true);
  const centers: number[] = [];
  const step = sampleStep(mesh.splats?.getNumSplats() ?? 0);
  mesh.forEachSplat((index, center) => {
    if (index % step === 0) centers.push(center.x, center.y, center.z);
  });
  const { min, max } = boundsOfMost(centers);
  const box = new Box3();
  box.min.set(...min);
  box.max.set(...max);
  box.applyMatrix4(mesh.matrixWorld);
  return { min: box.min.toArray(), max: box.max.toArray(), hipsY: null, chestY: null, head: null };
}
