import { inflateRawSync } from 'node:zlib';
import { type PieceRange, readFileLayout } from '../../../../shared/domain/recipe/file-layout.ts';
import { decodeRecipe, MAX_RECIPE_BYTES, type Recipe, recipeSource } from '../../../../shared/domain/recipe/recipe.ts';
import { fail, type Result } from '../../../../shared/lib/result.ts';
import type { ServiceFailure } from '../../../failures/service-failure.ts';

/**
 * Reads the recipe of a file of `sizeBytes` from its text: base64 of a raw deflate stream. Failure:
 * `invalid_request`.
 */
export function readRecipeText(text: string, sizeBytes: number): Result<Recipe, ServiceFailure> {
  const bytes = inflate(Buffer.from(text, 'base64'));
  if (bytes === null) return fail(badRecipe('is not a deflate stream, or is too long'));
  const recipe = decodeRecipe(bytes, sizeBytes);
  return recipe.ok ? recipe : fail(badRecipe(recipe.failure));
}

function inflate(bytes: Buffer): Uint8Array | null {
  try {
    return inflateRawSync(bytes, { maxOutputLength: MAX_RECIPE_BYTES });
  } catch {
    // Whatever zlib rejects is not a recipe.
    return null;
  }
}

const badRecipe = (reason: string): ServiceFailure => ({
  code: 'invalid_request',
  detail: 'The recipe is not valid.',
  errors: [{ where: 'body.recipe', message: reason, rule: 'refused' }],
});

/**
 * The paths of the recipe's pieces; empty unless the file is an archive and the pieces are its
 * entries.
 */
export async function layoutOf(recipe: Recipe): Promise<readonly PieceRange[]> {
  const layout = await readFileLayout(recipeSource(recipe));
  const fits =
    layout.length === recipe.pieces.length &&
    layout.every(({ offset, sizeBytes }, index) => {
      const piece = recipe.pieces[index];
      return piece?.offset === offset && piece.sizeBytes === sizeBytes;
    });
  return fits ? layout : [];
}
