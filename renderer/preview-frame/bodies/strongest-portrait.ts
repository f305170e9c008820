/** Two pictures and the opacity of the second, 0 to 1. */
export interface PortraitBlend {
  readonly under: string;
  readonly over: string;
  readonly share: number;
}

/**
 * Chooses the two pictures to show. The picture at rest has the weight that the others leave of 1.
 * Of more than two pictures the weakest are left out, so that a face never has three mouths.
 */
export function blendPortraits(weights: ReadonlyMap<string, number>, restId: string): PortraitBlend {
  const sum = [...weights.values()].reduce((total, weight) => total + weight, 0);
  const shares = new Map(weights);
  shares.set(restId, (shares.get(restId) ?? 0) + Math.max(0, 1 - sum));
  const [first, second] = [...shares].toSorted(([, left], [, right]) => right - left);
  if (!first) return { under: restId, over: restId, share: 0 };
  if (!second || second[1] <= 0) return { under: first[0], over: first[0], share: 0 };
  return { under: first[0], over: second[0], share: second[1] / (first[1] + second[1]) };
}
