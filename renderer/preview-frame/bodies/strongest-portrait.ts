/**
 * The one picture to show: the picture at rest has the weight that the others leave of 1, and the
 * strongest is shown. Pictures never fade into each other, because a face would have two mouths.
 */
export function strongestPortrait(weights: ReadonlyMap<string, number>, restId: string): string {
  const sum = [...weights.values()].reduce((total, weight) => total + weight, 0);
  const shares = new Map(weights);
  shares.set(restId, (shares.get(restId) ?? 0) + Math.max(0, 1 - sum));
  const [strongest] = [...shares].toSorted(([, left], [, right]) => right - left);
  return strongest?.[0] ?? restId;
}
