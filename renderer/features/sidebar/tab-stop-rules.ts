/** The id of the button that creates a project for this customer. */
export const newProjectId = (customerUuid: string): string => `new-project-${customerUuid}`;

interface TabStopOptions {
  /** Projects and pages. The first one is the stop if nothing else is. */
  readonly items: readonly string[];
  /** Buttons between the items, which are a stop only while they have the focus. */
  readonly buttons: readonly string[];
  /** The one with the focus. */
  readonly focused: string | null;
  /** The one whose page is open. */
  readonly open: string | null;
}

/**
 * The one item of the sidebar that Tab reaches, because a library may have hundreds of projects.
 */
export function tabStopOf({ items, buttons, focused, open }: TabStopOptions): string | null {
  if (focused !== null && (items.includes(focused) || buttons.includes(focused))) return focused;
  return items.find((id) => id === open) ?? items[0] ?? null;
}

const STEPS: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at, count) => (at + 1) % count,
  ArrowUp: (at, count) => (at - 1 + count) % count,
  Home: () => 0,
  End: (_, count) => count - 1,
};

/** The place of the item that gets the focus; null if the key does not move it. */
export function placeAfterKey(key: string, at: number, count: number): number | null {
  return STEPS[key]?.(at, count) ?? null;
}
