import { PerspectiveCamera, Scene, SRGBColorSpace, WebGLRenderer } from 'three';
import { PreviewFailure } from '../failure.ts';
import { frameTexts } from '../texts.en.ts';
import { DrawingPace } from './drawing-pace.ts';
import { type DrawingQuality, drawingQuality } from './drawing-quality.ts';

const FIELD_OF_VIEW = 30;
/** Longest step, so that animations do not jump after the page was in the background. */
const MAX_STEP_SECONDS = 0.1;

interface StageOptions {
  /** Advances by one step. Returns true while the picture keeps changing. */
  readonly onStep: (deltaSeconds: number) => boolean;
  readonly onContextLost: () => void;
  readonly onContextRestored: () => void;
  readonly onError: (error: unknown) => void;
}

/**
 * Canvas, renderer, scene and camera. Draws on request, and continuously only while something
 * moves.
 */
export class Stage {
  readonly scene = new Scene();
  readonly camera = new PerspectiveCamera(FIELD_OF_VIEW, 1, 0.01, 100);
  readonly renderer: WebGLRenderer;
  readonly canvas: HTMLCanvasElement;
  readonly quality: DrawingQuality;
  readonly #options: StageOptions;
  readonly #pace: DrawingPace;
  #isRequested = false;
  #lastStepMs: number | null = null;

  constructor(parent: HTMLElement, options: StageOptions) {
    this.#options = options;
    this.quality = drawingQuality(graphicsName());
    const context = createContext(this.quality);
    this.#pace = new DrawingPace(context, this.quality.isPaced);
    this.renderer = createRenderer(context);
    this.canvas = this.renderer.domElement;
    placeCanvas(parent, this.canvas);
    this.canvas.addEventListener('webglcontextlost', (event) => {
      event.preventDefault();
      options.onContextLost();
    });
    this.canvas.addEventListener('webglcontextrestored', options.onContextRestored);
    new ResizeObserver(() => this.#fit()).observe(parent);
    this.#fit();
  }

  get lens() {
    return { fieldOfView: FIELD_OF_VIEW, aspect: this.camera.aspect };
  }

  /** Draws once, soon, however often it is called. */
  invalidate(): void {
    if (this.#isRequested) return;
    this.#isRequested = true;
    this.#pace.whenReady(() => requestAnimationFrame((nowMs) => this.#step(nowMs)));
  }

  /** Draws now. */
  draw(): void {
    this.renderer.render(this.scene, this.camera);
    this.#pace.drew();
  }

  #step(nowMs: number): void {
    this.#isRequested = false;
    try {
      const sinceMs = this.#lastStepMs === null ? 0 : nowMs - this.#lastStepMs;
      const isMoving = this.#options.onStep(Math.min(sinceMs / 1000, MAX_STEP_SECONDS));
      this.#lastStepMs = isMoving ? nowMs : null;
      this.draw();
      if (isMoving) this.invalidate();
    } catch (error) {
      this.#options.onError(error);
    }
  }

  #fit(): void {
    const { clientWidth, clientHeight } = this.canvas;
    const width = Math.max(1, clientWidth);
    const height = Math.max(1, clientHeight);
    this.renderer.setPixelRatio(Math.min(devicePixelRatio, this.quality.maxPixelRatio));
    this.renderer.setSize(width, height, false);
    this.camera.aspect = width / height;
    this.camera.updateProjectionMatrix();
    // Resizing clears the canvas. It is redrawn in the same task, before the browser paints.
    this.draw();
  }
}

/**
 * What draws on this computer, as the driver names it; asked for before a context has its quality.
 */
function graphicsName(): string {
  const context = document.createElement('canvas').getContext('webgl2');
  const names = context?.getExtension('WEBGL_debug_renderer_info');
  const name: unknown = names && context?.getParameter(names.UNMASKED_RENDERER_WEBGL);
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return typeof name === 'string' ? name : '';
}

/** Not left to three, which without WebGL writes to the console and throws a plain error. */
function createContext({ antialias }: DrawingQuality): WebGL2RenderingContext {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('webgl2', { alpha: true, antialias, premultipliedAlpha: true });
  if (!context) throw new PreviewFailure('no-webgl', 'this computer offers no WebGL 2');
  return context;
}

function createRenderer(context: WebGL2RenderingContext): WebGLRenderer {
  const renderer = new WebGLRenderer({ canvas: context.canvas, context, alpha: true });
  renderer.outputColorSpace = SRGBColorSpace;
  return renderer;
}

/**
 * Sets properties instead of using a style sheet, so that the frame's policy needs no `style-src`.
 */
function placeCanvas(parent: HTMLElement, canvas: HTMLCanvasElement): void {
  Object.assign(parent.style, { margin: '0', height: '100vh', overflow: 'hidden' });
  Object.assign(canvas.style, { display: 'block', width: '100%', height: '100%', outlineOffset: '-2px' });
  canvas.tabIndex = 0;
  canvas.setAttribute('role', 'img');
  canvas.setAttribute('aria-label', frameTexts.canvas);
  parent.append(canvas);
}
