import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { Point } from './matrix.ts';
import type { Part } from './scene.ts';
import type { Surface } from './surface.ts';

/** How much of the picture the model fills. */
const FILL = 0.88;
/** From the upper left in front; the rest is ambient light. */
const LIGHT: Point = [-0.35, 0.6, 0.72];
const AMBIENT = 0.55;

/**
 * Maximum number of tested pixels, about ten seconds: many triangles as large as the picture are an
 * attack, not an avatar.
 */
const MAX_PIXEL_TESTS = 400_000_000;

/** A part and its appearance. */
export interface Drawable {
  readonly part: Part;
  readonly surface: Surface;
}

/** Maps the world to pixels: y increases downward, depth toward the viewer. */
interface Camera {
  readonly project: (point: Point) => Point;
}

interface Canvas {
  readonly sizePx: number;
  /** Red, green, blue, alpha. */
  readonly pixels: Uint8ClampedArray;
  readonly depth: Float64Array;
  testsLeft: number;
}

/**
 * Draws parts from the front (glTF models look along +z, VRM 0.x along -z) without perspective.
 * Returns the RGBA pixels of a square picture, or the reason why nothing can be drawn.
 */
export function rasterize(
  drawables: readonly Drawable[],
  { sizePx, facesBack }: { readonly sizePx: number; readonly facesBack: boolean },
): Result<Uint8ClampedArray, 'empty' | 'too-complex'> {
  const camera = frame(drawables, sizePx, facesBack ? -1 : 1);
  if (!camera) return fail('empty');
  const depth = new Float64Array(sizePx * sizePx).fill(-Infinity);
  const pixels = new Uint8ClampedArray(sizePx * sizePx * 4);
  const canvas: Canvas = { sizePx, pixels, depth, testsLeft: MAX_PIXEL_TESTS };
  for (const { part, surface } of drawables) {
    const projected = part.points.map(camera.project);
    for (let at = 0; at + 2 < part.indices.length; at += 3) {
      drawTriangle(canvas, { part, surface }, { projected, corners: part.indices.slice(at, at + 3) });
      if (canvas.testsLeft < 0) return fail('too-complex');
    }
  }
  return ok(pixels);
}

function frame(drawables: readonly Drawable[], sizePx: number, direction: 1 | -1): Camera | null {
  const low = [Infinity, Infinity];
  const high = [-Infinity, -Infinity];
  for (const { part } of drawables) {
    for (const index of part.indices) {
      const point = part.points[index];
      for (const axis of [0, 1] as const) {
        const value = point?.[axis] ?? Number.NaN;
        if (!Number.isFinite(value)) continue;
        low[axis] = Math.min(low[axis] ?? value, value);
        high[axis] = Math.max(high[axis] ?? value, value);
      }
    }
  }
  const [left = 0, bottom = 0] = low;
  const [right = 0, top = 0] = high;
  const extent = Math.max(right - left, top - bottom);
  if (!Number.isFinite(extent) || extent <= 0) return null;
  const scale = (sizePx * FILL) / extent;
  const [centerX, centerY] = [(left + right) / 2, (bottom + top) / 2];
  const middle = sizePx / 2;
  return {
    project: ([x, y, z]) => [
      middle + (x - centerX) * scale * direction,
      middle - (y - centerY) * scale,
      z * scale * direction,
    ],
  };
}

interface Triangle {
  readonly projected: readonly Point[];
  readonly corners: readonly number[];
}

function drawTriangle(canvas: Canvas, { part, surface }: Drawable, { projected, corners }: Triangle): void {
  const [first = 0, second = 0, third = 0] = corners;
  const [a, b, c] = [projected[first], projected[second], projected[third]];
  if (!a || !b || !c || ![...a, ...b, ...c].every(Number.isFinite)) return;
  const area = edge(a, b, c[0], c[1]);
  if (area === 0) return;
  const light = brightness(a, b, c);
  const { sizePx } = canvas;
  const [fromX, toX] = range([a[0], b[0], c[0]], sizePx);
  const [fromY, toY] = range([a[1], b[1], c[1]], sizePx);
  canvas.testsLeft -= Math.max(0, toX - fromX + 1) * Math.max(0, toY - fromY + 1);
  for (let y = fromY; y <= toY; y += 1) {
    for (let x = fromX; x <= toX; x += 1) {
      const inA = edge(b, c, x + 0.5, y + 0.5) / area;
      const inB = edge(c, a, x + 0.5, y + 0.5) / area;
      const inC = 1 - inA - inB;
      if (inA < 0 || inB < 0 || inC < 0) continue;
      const depth = inA * a[2] + inB * b[2] + inC * c[2];
      const at = y * sizePx + x;
      if (depth <= (canvas.depth[at] ?? 0)) continue;
      const mix = (axis: 0 | 1) =>
        part.uv
          ? inA * (part.uv[first * 2 + axis] ?? 0) +
            inB * (part.uv[second * 2 + axis] ?? 0) +
            inC * (part.uv[third * 2 + axis] ?? 0)
          : 0;
      const [red, green, blue, alpha] = surface.colorAt(mix(0), mix(1));
      if (alpha < surface.alphaCutoff) continue;
      canvas.depth[at] = depth;
      canvas.pixels.set([red * light, green * light, blue * light, 255], at * 4);
    }
  }
}

/** Twice the signed area of the triangle from `a` via `b` to the point. */
function edge(a: Point, b: Point, x: number, y: number): number {
  return (b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0]);
}

function range(values: readonly number[], sizePx: number): [from: number, to: number] {
  return [Math.max(0, Math.floor(Math.min(...values))), Math.min(sizePx - 1, Math.ceil(Math.max(...values)))];
}

/**
 * Brightness of a triangle's plane, seen from either side. At this size, the normals of the corners
 * aren't needed.
 */
function brightness(a: Point, b: Point, c: Point): number {
  const [ux, uy, uz] = [b[0] - a[0], a[1] - b[1], b[2] - a[2]];
  const [vx, vy, vz] = [c[0] - a[0], a[1] - c[1], c[2] - a[2]];
  const normal: Point = [uy * vz - uz * vy, uz * vx - ux * vz, ux * vy - uy * vx];
  const length = Math.hypot(...normal);
  if (length === 0) return AMBIENT;
  // The visible side faces the viewer.
  const side = normal[2] < 0 ? -1 : 1;
  const lit = (normal[0] * LIGHT[0] + normal[1] * LIGHT[1] + normal[2] * LIGHT[2]) * side;
  return AMBIENT + (1 - AMBIENT) * Math.max(0, lit / length);
}
