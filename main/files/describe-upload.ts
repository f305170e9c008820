import type { FileHandle } from 'node:fs/promises';
import { deflateRawSync } from 'node:zlib';
import { sha256Hex } from '../../node/sha256.ts';
import { syncFileSource } from '../../node/sync-file-source.ts';
import type { Chunk } from '../../shared/domain/recipe/chunk-list.ts';
import { describePieces, describeRanges } from '../../shared/domain/recipe/describe-file.ts';
import { encodeRecipe } from '../../shared/domain/recipe/recipe.ts';
import type { FileRange } from '../../shared/domain/recipe/stream-ranges.ts';
import type { BundleCodec } from '../../shared/gab/codec.ts';
import type { UploadDescription } from './inspection.ts';

// Runs in worker threads.

/** Returns what a file consists of, in the form in which an upload announces it. */
export async function describeUpload(file: FileHandle, codec: BundleCodec): Promise<UploadDescription> {
  const { size } = await file.stat();
  const { recipe } = await describePieces(sourceOf(file, size), codec);
  const recipeText = deflateRawSync(encodeRecipe(recipe)).toString('base64');
  return { sizeBytes: size, recipeText, pieces: recipe.pieces };
}

/** One list of chunks for each range of the file. */
export async function chunkUpload(file: FileHandle, ranges: readonly FileRange[]): Promise<Chunk[][]> {
  const { size } = await file.stat();
  return describeRanges(sourceOf(file, size), ranges, sha256Hex);
}

const sourceOf = ({ fd }: FileHandle, sizeBytes: number) => syncFileSource({ fd, sizeBytes });
