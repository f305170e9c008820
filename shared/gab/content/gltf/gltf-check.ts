import type { ContentFinding } from '../probe.ts';
import type { Untyped } from '../untyped.ts';
import { checkAnimations } from './animation-checks.ts';
import { BufferContents } from './buffer-checks.ts';
import { checkBytes } from './byte-checks.ts';
import { checkObjects } from './check-objects.ts';
import { DataChecks } from './data-checks.ts';
import { checkDetails } from './detail-checks.ts';
import { checkExtensionLists } from './extension-checks.ts';
import { GltfModel } from './gltf-model.ts';
import { checkMeshes } from './mesh-checks.ts';
import { readParts } from './model-parts.ts';
import { checkNodes, checkSkins } from './node-checks.ts';
import { checkNodeTree } from './node-tree.ts';
import { PictureChecks } from './picture-checks.ts';
import { Regions } from './regions.ts';
import { noteUnused } from './unused-checks.ts';

/**
 * Checks that the loaders of our runtime can load a model and draw what it contains: its
 * description (glTF 2.0 and the extensions that the runtime draws) when it is made, its values
 * while the binary part of the file is pushed. Takes time in proportion to the size of the file.
 */
export class GltfCheck {
  readonly #model: GltfModel;
  readonly #data: DataChecks;
  readonly #pictures: PictureChecks;
  readonly #binary: Regions;

  /** `binaryBytes`: length of the binary part of the file, 0 without one. */
  constructor(json: Untyped, binaryBytes: number) {
    this.#model = new GltfModel(json);
    this.#checkDescription();
    const parts = readParts(this.#model);
    checkBytes(this.#model, parts.layouts);
    checkMeshes(parts);
    checkSkins(parts);
    checkNodes(parts);
    checkAnimations(parts);
    const contents = new BufferContents(this.#model, binaryBytes);
    this.#data = new DataChecks(parts, contents);
    this.#pictures = new PictureChecks(this.#model);
    this.#binary = this.#readBuffers(contents);
  }

  /** `offset`: where `bytes` start in the binary part; pieces follow each other without gaps. */
  push(bytes: Uint8Array, offset: number): void {
    this.#binary.push(bytes, offset);
  }

  /** Returns what was found. Once, after the last byte. */
  finish(): ContentFinding[] {
    this.#data.report();
    this.#pictures.report();
    return this.#model.findings.toList();
  }

  #checkDescription(): void {
    checkObjects(this.#model);
    checkExtensionLists(this.#model);
    checkNodeTree(this.#model);
    checkDetails(this.#model);
    noteUnused(this.#model);
  }

  /** Reads the buffers in the JSON and returns the regions of the binary part of the file. */
  #readBuffers({ inline }: BufferContents): Regions {
    const regions = [...this.#data.regions, ...this.#pictures.regions];
    const byBuffer = Map.groupBy(regions, ({ buffer }) => buffer);
    inline.forEach((bytes, index) => {
      if (!bytes) return;
      new Regions(byBuffer.get(index) ?? []).push(bytes, 0);
      byBuffer.delete(index);
    });
    return new Regions(byBuffer.get(0) ?? []);
  }
}
