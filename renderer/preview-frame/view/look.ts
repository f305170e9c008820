import { AmbientLight, Color, DirectionalLight, GridHelper, HemisphereLight, type Light, type Scene } from 'three';
import type { PreviewBackground, PreviewLight } from '../../../shared/contract/preview-frame.ts';
import { ContactShadow } from './contact-shadow.ts';
import type { Landmarks } from './framing.ts';

export interface LookOptions {
  readonly light: PreviewLight;
  readonly background: PreviewBackground;
  readonly theme: 'light' | 'dark';
}

/**
 * The colors of the window's panes (renderer/app/styles.css, --sunken), so that the picture has no
 * visible edge.
 */
const THEME_COLORS = { light: '#ebebee', dark: '#2d2d34' } as const;
const PLAIN_COLORS = { light: '#ffffff', dark: '#121214' } as const;
const GRID_LINES = { light: ['#9a9aa4', '#c9c9d0'], dark: ['#6a6a76', '#44444e'] } as const;

/** Color, brightness and direction of a light, seen from the avatar. */
interface Lamp {
  readonly color: string;
  readonly intensity: number;
  readonly from: readonly [number, number, number];
}

interface Lighting {
  readonly sky: readonly [string, string, number];
  readonly ambient: number;
  readonly lamps: readonly Lamp[];
}

const LIGHTING: Readonly<Record<PreviewLight, Lighting>> = {
  studio: {
    sky: ['#ffffff', '#8d8796', 1.3],
    ambient: 0.35,
    lamps: [
      { color: '#fff4e6', intensity: 2, from: [1.2, 1.8, 2] },
      { color: '#e6efff', intensity: 0.8, from: [-2, 0.8, 1.2] },
      { color: '#ffffff', intensity: 1, from: [0, 1.6, -2] },
    ],
  },
  soft: {
    sky: ['#ffffff', '#c9c4d0', 2.4],
    ambient: 0.9,
    lamps: [{ color: '#ffffff', intensity: 0.6, from: [0.4, 1, 2] }],
  },
  contrast: {
    sky: ['#c8d4ff', '#1c1a22', 0.35],
    ambient: 0.05,
    lamps: [
      { color: '#fff1dc', intensity: 4, from: [2.2, 1.6, 1] },
      { color: '#9fb6ff', intensity: 1.6, from: [-2, 1, -1.6] },
    ],
  },
};

/** Lights and background of the scene. */
export class Look {
  readonly #scene: Scene;
  #lights: Light[] = [];
  readonly #shadow = new ContactShadow();
  #grid: GridHelper | null = null;
  #options: LookOptions = { light: 'studio', background: 'theme', theme: 'light' };
  #ground: Pick<Landmarks, 'min' | 'max'> = { min: [-1, 0, -1], max: [1, 2, 1] };

  constructor(scene: Scene) {
    this.#scene = scene;
    scene.add(this.#shadow.mesh);
    this.apply(this.#options);
  }

  apply(options: LookOptions): void {
    this.#options = options;
    this.#scene.background = new Color(backgroundColor(options));
    this.#setLights(LIGHTING[options.light]);
    this.#setGrid();
  }

  /** Places the shadow and the grid under the feet. */
  standOn(ground: Pick<Landmarks, 'min' | 'max'>): void {
    this.#ground = ground;
    this.#shadow.standOn(ground);
    this.#setGrid();
  }

  /** Draws once without background, grid and shadow. */
  withoutBackground<Result>(draw: () => Result): Result {
    const { background } = this.#scene;
    const { mesh } = this.#shadow;
    const isShadowSeen = mesh.visible;
    mesh.visible = false;
    this.#scene.background = null;
    if (this.#grid) this.#grid.visible = false;
    try {
      return draw();
    } finally {
      this.#scene.background = background;
      if (this.#grid) this.#grid.visible = true;
      mesh.visible = isShadowSeen;
    }
  }

  #setLights({ sky, ambient, lamps }: Lighting): void {
    this.#scene.remove(...this.#lights);
    for (const light of this.#lights) light.dispose();
    this.#lights = [new HemisphereLight(...sky), new AmbientLight('#ffffff', ambient), ...lamps.map(toLight)];
    this.#scene.add(...this.#lights);
  }

  #setGrid(): void {
    if (this.#grid) {
      this.#scene.remove(this.#grid);
      this.#grid.dispose();
      this.#grid = null;
    }
    if (this.#options.background !== 'grid') return;
    const { min, max } = this.#ground;
    const size = Math.max(max[0] - min[0], max[1] - min[1], max[2] - min[2]) * 3;
    this.#grid = new GridHelper(size, 30, ...GRID_LINES[this.#options.theme]);
    this.#grid.position.set((min[0] + max[0]) / 2, min[1], (min[2] + max[2]) / 2);
    this.#scene.add(this.#grid);
  }
}

function backgroundColor({ background, theme }: LookOptions): string {
  if (background === 'light' || background === 'dark') return PLAIN_COLORS[background];
  return THEME_COLORS[theme];
}

function toLight({ color, intensity, from }: Lamp): DirectionalLight {
  const light = new DirectionalLight(color, intensity);
  light.position.set(...from);
  return light;
}
