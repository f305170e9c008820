import { type PerspectiveCamera, Spherical, Vector3 } from 'three';
import { OrbitControls } from 'three/addons/controls/OrbitControls.js';
import type { PreviewCamera } from '../../../shared/contract/preview-frame.ts';
import type { Landmarks } from './framing.ts';

/** One press of an arrow key turns by this angle. */
const KEY_TURN_RADIANS = Math.PI / 24;
/** One press of + or - changes the distance by this factor. */
const KEY_ZOOM = 1.15;
/** Smallest angle to the poles, where "up" is undefined. */
const POLE_RADIANS = 0.05;

interface RigOptions {
  readonly camera: PerspectiveCamera;
  readonly canvas: HTMLCanvasElement;
  /** Requests a new drawing. */
  readonly onChange: () => void;
  /** Called when the user moves the camera, not when the window does. */
  readonly onUserMove: (camera: PreviewCamera) => void;
}

/** Orbit, zoom and limited pan by pointer, touch and keys. */
export class CameraRig {
  readonly #options: RigOptions;
  readonly #controls: OrbitControls;
  readonly #lowest = new Vector3(-1, -1, -1);
  readonly #highest = new Vector3(1, 1, 1);
  #isDragging = false;

  constructor(options: RigOptions) {
    const { camera, canvas } = options;
    this.#options = options;
    const controls = new OrbitControls(camera, canvas);
    this.#controls = controls;
    controls.enableDamping = false;
    controls.minPolarAngle = POLE_RADIANS;
    controls.maxPolarAngle = Math.PI - POLE_RADIANS;
    controls.addEventListener('start', () => this.#setDragging(true));
    controls.addEventListener('end', () => this.#setDragging(false));
    controls.addEventListener('change', () => this.#changed());
    canvas.addEventListener('keydown', (event) => this.#onKey(event));
  }

  /**
   * Panning stays inside the bounding box of the avatar, zooming between its skin and ten times its
   * size.
   */
  limitTo({ min, max }: Landmarks): void {
    this.#lowest.set(...min);
    this.#highest.set(...max);
    const size = this.#lowest.distanceTo(this.#highest) || 1;
    this.#controls.minDistance = size * 0.02;
    this.#controls.maxDistance = size * 10;
    const { camera } = this.#options;
    camera.near = size * 0.005;
    camera.far = size * 40;
    camera.updateProjectionMatrix();
  }

  get camera(): PreviewCamera {
    return { position: this.#options.camera.position.toArray(), target: this.#controls.target.toArray() };
  }

  set camera({ position, target }: PreviewCamera) {
    this.#options.camera.position.set(...position);
    this.#controls.target.set(...target);
    this.#controls.update();
    this.#options.onChange();
  }

  #setDragging(isDragging: boolean): void {
    this.#isDragging = isDragging;
  }

  #changed(): void {
    const { target } = this.#controls;
    const requested = target.clone();
    target.clamp(this.#lowest, this.#highest);
    // The camera moves back as far as the target, so that the view keeps its direction.
    this.#options.camera.position.add(target).sub(requested);
    this.#options.onChange();
    if (this.#isDragging) this.#options.onUserMove(this.camera);
  }

  #onKey(event: KeyboardEvent): void {
    const turn = KEY_TURNS.get(event.key);
    const zoom = KEY_ZOOMS.get(event.key);
    const hasModifier = event.ctrlKey || event.metaKey || event.altKey;
    if (hasModifier || (!turn && zoom === undefined)) return;
    event.preventDefault();
    this.#orbit(turn ?? [0, 0], zoom ?? 1);
  }

  #orbit([around, over]: readonly [number, number], zoom: number): void {
    const { target, minDistance, maxDistance } = this.#controls;
    const offset = new Spherical().setFromVector3(this.#options.camera.position.clone().sub(target));
    offset.theta += around * KEY_TURN_RADIANS;
    offset.phi = Math.min(Math.max(offset.phi + over * KEY_TURN_RADIANS, POLE_RADIANS), Math.PI - POLE_RADIANS);
    offset.radius = Math.min(Math.max(offset.radius * zoom, minDistance), maxDistance);
    const position = new Vector3().setFromSpherical(offset).add(target);
    this.camera = { position: position.toArray(), target: target.toArray() };
    this.#options.onUserMove(this.camera);
  }
}

const KEY_TURNS: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['ArrowLeft', [-1, 0]],
  ['ArrowRight', [1, 0]],
  ['ArrowUp', [0, -1]],
  ['ArrowDown', [0, 1]],
]);

const KEY_ZOOMS: ReadonlyMap<string, number> = new Map([
  ['+', 1 / KEY_ZOOM],
  ['=', 1 / KEY_ZOOM],
  ['-', KEY_ZOOM],
  ['_', KEY_ZOOM],
]);
