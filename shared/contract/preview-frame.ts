import { z } from 'zod';
import { visemeSources } from '../gab/compare/bundle-summary.ts';
import { bodyTypes } from '../gab/manifest/manifest.ts';

/**
 * The protocol between the window and the frame that draws a bundle: one MessagePort, handed over
 * in the first message. The frame works on untrusted bytes without any access to the application,
 * and the window parses every message it sends.
 */

const vectorSchema = z.tuple([z.number(), z.number(), z.number()]);

/** Meters, in the bundle's own space: y is up, the avatar looks along +z. */
export const previewCameraSchema = z.object({ position: vectorSchema, target: vectorSchema });
export type PreviewCamera = z.infer<typeof previewCameraSchema>;

export const previewViews = ['full', 'mid', 'upper', 'head'] as const;
export type PreviewView = (typeof previewViews)[number];
export const previewLights = ['studio', 'soft', 'contrast'] as const;
export type PreviewLight = (typeof previewLights)[number];
export const previewBackgrounds = ['theme', 'light', 'dark', 'grid'] as const;
export type PreviewBackground = (typeof previewBackgrounds)[number];

/** A command from the window to the frame. */
export type PreviewCommand =
  | { readonly type: 'open'; readonly bytes: ArrayBuffer; readonly fileName: string }
  | { readonly type: 'frame-view'; readonly view: PreviewView }
  | { readonly type: 'set-camera'; readonly camera: PreviewCamera }
  | {
      readonly type: 'set-look';
      readonly light: PreviewLight;
      readonly background: PreviewBackground;
      readonly theme: 'light' | 'dark';
    }
  /** `null` stops playback: the avatar returns to its original pose. */
  | { readonly type: 'play-clip'; readonly clipId: string | null }
  | { readonly type: 'set-paused'; readonly isPaused: boolean }
  | { readonly type: 'set-reduced-motion'; readonly isReduced: boolean }
  /** Weights from 0 to 1 by control id; controls that are not listed keep theirs. */
  | { readonly type: 'set-weights'; readonly weights: Readonly<Record<string, number>> }
  | { readonly type: 'speak'; readonly text: string; readonly withSample: boolean }
  | { readonly type: 'stop-speaking' }
  /**
   * Captures the current view as a square picture with sides of `sidePx` pixels, without the
   * background if `isTransparent` is set.
   */
  | { readonly type: 'capture'; readonly requestId: number; readonly sidePx: number; readonly isTransparent?: boolean }
  /** A responsive frame replies at once. */
  | { readonly type: 'ping'; readonly sequence: number };

export const previewClipSchema = z.object({
  id: z.string(),
  label: z.string(),
  /** The manifest's slots that use this clip. */
  slots: z.array(z.string()),
  seconds: z.number(),
});
export type PreviewClip = z.infer<typeof previewClipSchema>;

export const previewControlSchema = z.object({
  id: z.string(),
  kind: z.enum(['viseme', 'expression', 'morph']),
  label: z.string(),
});
export type PreviewControl = z.infer<typeof previewControlSchema>;

/**
 * Why nothing is drawn. The frame reports all of them except `too-slow` and `gone`, which the
 * window adds.
 */
export const previewFailureCodes = [
  'no-webgl',
  'too-much-memory',
  'damaged',
  'unsupported',
  'context-lost',
  'too-slow',
  'gone',
] as const;
export type PreviewFailureCode = (typeof previewFailureCodes)[number];

/**
 * Raise it by one when the preview program draws other bundles than before: what an older program
 * could not draw is then forgotten, and no longer shown.
 */
export const PREVIEW_PROGRAM_VERSION = 3;

/** Longest detail of a failure that is kept, in characters; the frame cuts its own. */
export const MAX_FAILURE_DETAIL_CHARS = 300;

/** Why the preview did not draw a bundle on this computer. */
export const drawingFailureSchema = z.object({
  code: z.enum(previewFailureCodes),
  /** Technical, from the frame; may be empty. */
  detail: z.string().max(MAX_FAILURE_DETAIL_CHARS),
});
export type DrawingFailure = z.infer<typeof drawingFailureSchema>;

const BUNDLE_FAULTS: ReadonlySet<PreviewFailureCode> = new Set(['damaged', 'unsupported']);

/**
 * Whether the reason is in the bundle, so that it can be drawn nowhere. Every other reason may be
 * this computer's: another one, or another attempt, may draw the same bundle.
 */
export function isBundleFault({ code }: Pick<DrawingFailure, 'code'>): boolean {
  return BUNDLE_FAULTS.has(code);
}

/** The contents of an opened bundle and the controls that animate it. */
export const previewSceneSchema = z.object({
  bodyType: z.enum(bodyTypes),
  clips: z.array(previewClipSchema).max(2000),
  controls: z.array(previewControlSchema).max(5000),
  visemeSource: z.enum(visemeSources),
  hasVoiceSample: z.boolean(),
  triangles: z.int(),
  splatPoints: z.int(),
  /** Estimated use of graphics memory. */
  memoryBytes: z.number(),
  /** Why the body cannot be drawn. The manifest's fallback portrait is shown instead. */
  replaced: z.enum(previewFailureCodes).optional(),
  /** The initial camera, so that a second bundle can be shown from the same place. */
  camera: previewCameraSchema.optional(),
});
export type PreviewScene = z.infer<typeof previewSceneSchema>;

/** A message from the frame to the window. */
export const previewMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('progress'), stage: z.enum(['reading', 'decoding', 'building']) }),
  z.object({ type: z.literal('opened'), scene: previewSceneSchema }),
  z.object({ type: z.literal('failed'), code: z.enum(previewFailureCodes), detail: z.string().max(1000) }),
  /** The user moved the camera. */
  z.object({ type: z.literal('camera'), camera: previewCameraSchema }),
  /** The user pressed a key that ends a preview (Escape, Space) while the frame had the focus. */
  z.object({ type: z.literal('leave') }),
  z.object({ type: z.literal('speaking'), viseme: z.string().nullable(), isOver: z.boolean() }),
  z.object({ type: z.literal('captured'), requestId: z.int(), png: z.instanceof(ArrayBuffer) }),
  z.object({ type: z.literal('pong'), sequence: z.int() }),
]);
export type PreviewMessage = z.infer<typeof previewMessageSchema>;
