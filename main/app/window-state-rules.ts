/** A rectangle in Electron's device-independent pixels. */
export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface WindowState {
  readonly bounds: Bounds;
  readonly isMaximized: boolean;
}

export const MIN_WINDOW = { width: 900, height: 600 } as const;
const FIRST_WINDOW = { width: 1280, height: 800 } as const;
/**
 * At least this much of the window's upper edge must be on some screen, so that it can be dragged
 * back.
 */
const MIN_VISIBLE = { width: 120, height: 40 } as const;

/**
 * Returns the stored state if its window is reachable on the current screens, else one centered on
 * the first screen.
 */
export function usableState(remembered: WindowState | null, workAreas: readonly [Bounds, ...Bounds[]]): WindowState {
  if (remembered !== null && workAreas.some((area) => isReachable(remembered.bounds, area))) return remembered;
  const [area] = workAreas;
  const width = Math.min(FIRST_WINDOW.width, area.width);
  const height = Math.min(FIRST_WINDOW.height, area.height);
  const x = area.x + Math.round((area.width - width) / 2);
  const y = area.y + Math.round((area.height - height) / 2);
  return { bounds: { x, y, width, height }, isMaximized: remembered?.isMaximized ?? false };
}

function isReachable(bounds: Bounds, area: Bounds): boolean {
  const visibleWidth = Math.min(bounds.x + bounds.width, area.x + area.width) - Math.max(bounds.x, area.x);
  const isTopInside = bounds.y >= area.y && bounds.y + MIN_VISIBLE.height <= area.y + area.height;
  return visibleWidth >= MIN_VISIBLE.width && isTopInside;
}

/** Parses the content of `window-state.json`; throws if it is invalid. */
export function parseWindowState(json: unknown): WindowState {
  const { bounds, isMaximized } = asRecord(json);
  const { x, y, width, height } = asRecord(bounds);
  if (typeof isMaximized !== 'boolean') throw new Error('isMaximized is not a boolean');
  return {
    bounds: {
      x: integer(x),
      y: integer(y),
      width: atLeast(width, MIN_WINDOW.width),
      height: atLeast(height, MIN_WINDOW.height),
    },
    isMaximized,
  };
}

function asRecord(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw new Error('not an object');
  return value as Record<string, unknown>;
}

function integer(value: unknown): number {
  if (!Number.isSafeInteger(value)) throw new Error('not a whole number');
  return value as number;
}

function atLeast(value: unknown, least: number): number {
  return Math.max(integer(value), least);
}
