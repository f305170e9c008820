import type { FileHandle } from 'node:fs/promises';
import { deflateRawSync } from 'node:zlib';
import type { Chunk } from '../../shared/domain/recipe/chunk-list.ts';
import { describePieces, describeRanges } from '../../shared/domain/recipe/describe-file.ts';
import { encodeRecipe, type RecipePiece } from '../../shared/domain/recipe/recipe.ts';
import type { FileRange } from '../../shared/domain/recipe/stream-ranges.ts';
import type { BundleCodec } from '../../shared/gab/codec.ts';
import { sha256Hex } from '../sha256.ts';
import { syncFileSource } from '../sync-file-source.ts';

/** A file as an upload announces it. */
export interface UploadDescription {
  readonly sizeBytes: number;
  /** The recipe in the form that is sent. */
  readonly recipeText: string;
  readonly pieces: readonly RecipePiece[];
}

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
