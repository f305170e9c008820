/**
 * The hidden file inputs of the open project: buttons, the key U and the palette all open the same
 * two.
 */
export type ChooserKind = 'files' | 'folder';

const open = new Map<ChooserKind, () => void>();

export function registerChooser(kind: ChooserKind, show: () => void): () => void {
  open.set(kind, show);
  return () => open.delete(kind);
}

export function showChooser(kind: ChooserKind): void {
  open.get(kind)?.();
}
