import type { ChangeableShortcut } from '../../stores/settings/shortcut-rules.ts';

/** One line of the palette: something to do, or somewhere to go. */
export interface PaletteEntry {
  readonly id: string;
  readonly name: string;
  /** Shown beside the name: the customer of a project, the project of an avatar. */
  readonly detail?: string;
  /** Not shown: more words to find it by. */
  readonly words?: string;
  readonly keys?: string;
  readonly picture?: { readonly src: string | null };
  /** Takes something away. It is never what Enter runs, unless its name is typed in full. */
  readonly isDestructive?: true;
  /** Shown first where nothing but something destructive matches. */
  readonly isFallback?: true;
  run(): void;
}

export interface PaletteGroup {
  readonly id: string;
  readonly name: string;
  readonly entries: readonly PaletteEntry[];
}

/** The keys of a shortcut, as people read them. */
export type KeysOf = (shortcut: ChangeableShortcut) => string;

/** For lists: an entry, or nothing where it cannot apply. */
export function entryIf(condition: boolean, entry: PaletteEntry): PaletteEntry[] {
  return condition ? [entry] : [];
}
