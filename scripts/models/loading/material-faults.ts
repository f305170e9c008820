import { Color, Material } from 'three';

/** Colors and opacity: other values of a material have defaults that the loaders fall back to. */
export function findMaterialFault(material: unknown): string | null {
  if (!(material instanceof Material)) return 'no material';
  const colors = Object.entries(material).filter(([, value]) => value instanceof Color) as [string, Color][];
  // The graphics card is given what JavaScript makes of a text.
  const wrong = colors.find(([, color]) => !areNumbers(color.toArray().map(Number)));
  if (wrong) return `${wrong[0]} is not made of numbers`;
  return areNumbers([material.opacity].map(Number)) ? null : 'opacity is not a number';
}

/** JavaScript takes `"1"` and `true` for 1 here and there, and for a text elsewhere. */
export function areNumbers(values: readonly unknown[]): boolean {
  return values.every((value) => typeof value === 'number' && Number.isFinite(value));
}
