import sharp from 'sharp';
import { readModelFacts } from '../../shared/gab/content/model-facts.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { GlbFile } from './glb-file.ts';
import { type Drawable, rasterize } from './rasterize.ts';
import { readScene, type SceneFault } from './scene.ts';
import { readSurface, type Surface } from './surface.ts';

export const THUMBNAIL_PX = 512;
/** Drawn at twice the size and scaled down, for smooth edges. */
const DRAWN_PX = 2 * THUMBNAIL_PX;
/** Works on light and dark cards. */
const BACKGROUND = Buffer.from(
  `<svg xmlns="http://www.w3.org/2000/svg" width="${THUMBNAIL_PX}" height="${THUMBNAIL_PX}"><defs><linearGradient id="g" x2="0" y2="1"><stop stop-color="#dfe5ee"/><stop offset="1" stop-color="#aab4c4"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#g)"/></svg>`,
);

/**
 * Draws a model at rest from the front: PNG, 512 x 512. The model is untrusted; parts that can't be
 * read are not drawn.
 */
export async function renderThumbnail(glb: GlbFile): Promise<Result<Uint8Array, SceneFault>> {
  const scene = readScene(glb);
  if (scene.fault) return fail(scene.fault);
  const surfaces = new Map<unknown, Surface>();
  const drawables: Drawable[] = [];
  for (const part of scene.parts) {
    const surface = surfaces.get(part.material) ?? (await readSurface(glb, part.material));
    surfaces.set(part.material, surface);
    drawables.push({ part, surface });
  }
  const facesBack = readModelFacts(glb.json).vrmMeta?.version === 0;
  const drawing = rasterize(drawables, { sizePx: DRAWN_PX, facesBack });
  if (!drawing.ok) return drawing;
  const raw = { width: DRAWN_PX, height: DRAWN_PX, channels: 4 } as const;
  const drawn = await sharp(drawing.value, { raw }).resize(THUMBNAIL_PX, THUMBNAIL_PX).png().toBuffer();
  return ok(
    await sharp(BACKGROUND)
      .composite([{ input: drawn }])
      .removeAlpha()
      .png({ compressionLevel: 9 })
      .toBuffer(),
  );
}
