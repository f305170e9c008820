import { PreviewFailure } from '../failure.ts';
import { MAX_CAPTURE_PX, MIN_CAPTURE_PX } from '../limits.ts';
import type { Look } from './look.ts';
import type { Stage } from './stage.ts';

interface CaptureOptions {
  readonly sidePx: number;
  readonly isTransparent: boolean;
}

/** A square PNG of the current view. The visible picture is restored before the browser paints. */
export function capture(stage: Stage, look: Look, { sidePx, isTransparent }: CaptureOptions): Promise<ArrayBuffer> {
  const side = Math.round(Math.min(MAX_CAPTURE_PX, Math.max(MIN_CAPTURE_PX, sidePx)));
  const restore = makeSquare(stage, side * stage.quality.captureScale);
  try {
    if (isTransparent) look.withoutBackground(() => stage.draw());
    else stage.draw();
    // Copied in the same task, because the canvas is redrawn right after.
    return toPng(copyOf(stage.canvas, side));
  } finally {
    restore();
    stage.draw();
  }
}

function copyOf(canvas: HTMLCanvasElement, side: number): OffscreenCanvas {
  const copy = new OffscreenCanvas(side, side);
  const context = copy.getContext('2d');
  if (!context) throw new PreviewFailure('too-much-memory', 'there is no memory for a picture');
  context.imageSmoothingQuality = 'high';
  context.drawImage(canvas, 0, 0, side, side);
  return copy;
}

async function toPng(canvas: OffscreenCanvas): Promise<ArrayBuffer> {
  const blob = await canvas.convertToBlob({ type: 'image/png' });
  return blob.arrayBuffer();
}

function makeSquare({ renderer, camera }: Stage, side: number): () => void {
  const ratio = renderer.getPixelRatio();
  const { clientWidth, clientHeight } = renderer.domElement;
  const { aspect } = camera;
  renderer.setPixelRatio(1);
  renderer.setSize(side, side, false);
  camera.aspect = 1;
  camera.updateProjectionMatrix();
  return () => {
    renderer.setPixelRatio(ratio);
    renderer.setSize(clientWidth, clientHeight, false);
    camera.aspect = aspect;
    camera.updateProjectionMatrix();
  };
}
