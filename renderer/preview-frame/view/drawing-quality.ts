export interface DrawingQuality {
  readonly antialias: boolean;
  /** Pixels of the picture per pixel of the page, in each direction. */
  readonly maxPixelRatio: number;
  /** Pictures wait for each other and rest in between (see `DrawingPace`). */
  readonly isPaced: boolean;
  /** A captured picture is drawn this many times as large, and then made smaller. */
  readonly captureScale: number;
}

/** More pixels are not visible on a preview, and doubling the ratio quadruples them. */
const WITH_GRAPHICS_CARD: DrawingQuality = { antialias: true, maxPixelRatio: 2, isPaced: false, captureScale: 1 };

/**
 * The processor draws: a smoothed picture takes it 100 ms and a plain one 60 ms, so it would do
 * nothing else while something moves.
 */
const WITHOUT_GRAPHICS_CARD: DrawingQuality = { antialias: false, maxPixelRatio: 1, isPaced: true, captureScale: 2 };

/** Software renderers of Chromium (SwiftShader), Linux (llvmpipe, softpipe) and Windows (WARP). */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/** `graphicsName`: WebGL's `UNMASKED_RENDERER_WEBGL`, or an empty text if it is unknown. */
export function drawingQuality(graphicsName: string): DrawingQuality {
  return SOFTWARE.test(graphicsName) ? WITHOUT_GRAPHICS_CARD : WITH_GRAPHICS_CARD;
}
