import { listAt, type Untyped } from '../../shared/gab/content/untyped.ts';

/** Four by four, column by column, as in glTF. */
export type Matrix = readonly number[];
export type Point = readonly [number, number, number];

export const IDENTITY: Matrix = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1];

export function multiply(left: Matrix, right: Matrix): Matrix {
  return IDENTITY.map((_, index) => {
    const [row, column] = [index % 4, Math.floor(index / 4)];
    let sum = 0;
    for (let at = 0; at < 4; at += 1) sum += (left[at * 4 + row] ?? 0) * (right[column * 4 + at] ?? 0);
    return sum;
  });
}

export function transform(matrix: Matrix, [x, y, z]: Point): Point {
  const row = (at: number) =>
    (matrix[at] ?? 0) * x + (matrix[4 + at] ?? 0) * y + (matrix[8 + at] ?? 0) * z + (matrix[12 + at] ?? 0);
  return [row(0), row(1), row(2)];
}

function numbersAt(node: Untyped, key: string, otherwise: readonly number[]): readonly number[] {
  const list = listAt(node, key);
  return list.length === otherwise.length && list.every((item) => typeof item === 'number') ? list : otherwise;
}

/**
 * A node's transform relative to its parent: its matrix, or translation, rotation and scale (glTF
 * 2.0, 3.5.3).
 */
export function localMatrix(node: Untyped): Matrix {
  if (listAt(node, 'matrix').length === 16) return numbersAt(node, 'matrix', IDENTITY);
  const [tx = 0, ty = 0, tz = 0] = numbersAt(node, 'translation', [0, 0, 0]);
  const [x = 0, y = 0, z = 0, w = 1] = numbersAt(node, 'rotation', [0, 0, 0, 1]);
  const [sx = 1, sy = 1, sz = 1] = numbersAt(node, 'scale', [1, 1, 1]);
  return [
    ...[1 - 2 * (y * y + z * z), 2 * (x * y + w * z), 2 * (x * z - w * y)].map((part) => part * sx),
    0,
    ...[2 * (x * y - w * z), 1 - 2 * (x * x + z * z), 2 * (y * z + w * x)].map((part) => part * sy),
    0,
    ...[2 * (x * z + w * y), 2 * (y * z - w * x), 1 - 2 * (x * x + y * y)].map((part) => part * sz),
    0,
    tx,
    ty,
    tz,
    1,
  ];
}
