import { CanvasTexture, Mesh, MeshBasicMaterial, PlaneGeometry } from 'three';
import type { Landmarks } from './framing.ts';

/** Pixels on each side of the picture of the shadow; it is only a gradient. */
const PICTURE_PX = 128;
/** How far the shadow reaches around what stands on it, as a share of that. */
const REACH = 1.5;
/** Flatter than this, in meters, is a picture, which stands on nothing. */
const MIN_DEPTH_METERS = 0.01;
const OPACITY = 0.4;

/** A soft shadow where an avatar touches the ground, so that it stands and does not float. */
export class ContactShadow {
  readonly mesh: Mesh<PlaneGeometry, MeshBasicMaterial>;

  constructor() {
    const material = new MeshBasicMaterial({
      map: new CanvasTexture(drawGradient()),
      transparent: true,
      opacity: OPACITY,
      depthWrite: false,
    });
    this.mesh = new Mesh(new PlaneGeometry(1, 1), material);
    this.mesh.rotation.x = -Math.PI / 2;
    this.mesh.visible = false;
  }

  /** As wide as the avatar is deep, because spread arms touch no ground. */
  standOn({ min, max }: Pick<Landmarks, 'min' | 'max'>): void {
    const depth = max[2] - min[2];
    const width = Math.min(max[0] - min[0], depth * 2);
    this.mesh.visible = depth > MIN_DEPTH_METERS;
    this.mesh.scale.set(width * REACH, depth * REACH, 1);
    this.mesh.position.set((min[0] + max[0]) / 2, min[1], (min[2] + max[2]) / 2);
  }
}

function drawGradient(): OffscreenCanvas {
  const canvas = new OffscreenCanvas(PICTURE_PX, PICTURE_PX);
  const context = canvas.getContext('2d');
  if (!context) return canvas;
  const middle = PICTURE_PX / 2;
  const gradient = context.createRadialGradient(middle, middle, 0, middle, middle, middle);
  gradient.addColorStop(0, 'rgb(0 0 0 / 1)');
  gradient.addColorStop(0.5, 'rgb(0 0 0 / 0.45)');
  gradient.addColorStop(1, 'rgb(0 0 0 / 0)');
  context.fillStyle = gradient;
  context.fillRect(0, 0, PICTURE_PX, PICTURE_PX);
  return canvas;
}
