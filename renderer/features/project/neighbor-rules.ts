/**
 * The next one of a list that is still there after one was removed, else the previous one; null if
 * none is left.
 */
export function neighborOf<Id>(removed: Id, before: readonly Id[], after: readonly Id[]): Id | null {
  const at = before.indexOf(removed);
  const isLeft = (id: Id): boolean => after.includes(id);
  return before.slice(at + 1).find(isLeft) ?? before.slice(0, Math.max(at, 0)).findLast(isLeft) ?? null;
}
