import type { PreviewCamera, PreviewView } from '../../../shared/contract/preview-frame.ts';

export type Point = readonly [number, number, number];

/** Where the parts of an avatar are, in meters: y is up, it looks along +z. */
export interface Landmarks {
  readonly min: Point;
  readonly max: Point;
  /** Heights of bones; null without the bone. */
  readonly hipsY: number | null;
  readonly chestY: number | null;
  /** The joint between neck and head. */
  readonly head: Point | null;
}

export interface Lens {
  /** Vertical field of view, in degrees. */
  readonly fieldOfView: number;
  /** Width divided by height of the picture. */
  readonly aspect: number;
}

/**
 * Lower edge of a view as a share of the height, for avatars without bones; measured on standing
 * people.
 */
const LOWER_EDGE: Readonly<Record<PreviewView, number>> = { full: 0, mid: 0.45, upper: 0.68, head: 0.84 };
/** Margin around the framed part, so that nothing touches the edge. */
const MARGIN = 1.12;
/** Smallest height that is framed: closer than this nothing can be recognized. */
const MIN_SPAN_METERS = 0.02;

/** The camera that shows a part of the avatar from the front. */
export function frameView(view: PreviewView, landmarks: Landmarks, lens: Lens): PreviewCamera {
  const { min, max, head } = landmarks;
  const top = max[1];
  const bottom = Math.min(lowerEdge(view, landmarks), top - MIN_SPAN_METERS);
  const centerX = view === 'head' && head ? head[0] : (min[0] + max[0]) / 2;
  const centerZ = (min[2] + max[2]) / 2;
  const height = top - bottom;
  // Arms may leave the picture in the closer views, but not in the full view.
  const width = view === 'full' ? max[0] - min[0] : Math.min(max[0] - min[0], height);
  const depth = view === 'full' ? (max[2] - min[2]) / 2 : Math.min((max[2] - min[2]) / 2, height / 2);
  const distance = distanceFor(height, width, lens) + depth;
  const target: Point = [centerX, (top + bottom) / 2, centerZ];
  return { position: [target[0], target[1], target[2] + distance], target: [...target] };
}

/** Moves a camera along its own line of sight to a distance in meters from its target. */
export function atDistance({ position, target }: PreviewCamera, distanceMeters: number): PreviewCamera {
  const offset = position.map((value, axis) => value - (target[axis] ?? 0));
  const length = Math.hypot(...offset) || 1;
  const [x = 0, y = 0, z = 1] = offset.map((value) => (value / length) * distanceMeters);
  return { position: [target[0] + x, target[1] + y, target[2] + z], target };
}

function lowerEdge(view: PreviewView, { min, max, hipsY, chestY, head }: Landmarks): number {
  const height = max[1] - min[1];
  const byShare = min[1] + height * LOWER_EDGE[view];
  if (view === 'mid') return hipsY ?? byShare;
  if (view === 'upper') return chestY ?? byShare;
  // Most chins are below the joint, and a portrait includes a little of the neck.
  return view === 'head' && head ? head[1] - (max[1] - head[1]) * 0.15 : byShare;
}

function distanceFor(height: number, width: number, { fieldOfView, aspect }: Lens): number {
  const half = Math.tan((fieldOfView * Math.PI) / 360);
  return (Math.max(height, width / aspect, MIN_SPAN_METERS) * MARGIN) / 2 / half;
}
