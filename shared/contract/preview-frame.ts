import { z } from 'zod';
import { visemeSources } from '../gab/compare/bundle-summary.ts';
import { bodyTypes } from '../gab/manifest/manifest.ts';

/**
 * The wire between the window and the frame that draws a bundle: one MessagePort, handed over in the first message.
 * The frame works on untrusted bytes without any access to the application; the window parses whatever it says.
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

/** What the window asks of the frame. */
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
  /** `null` stops: the avatar stands as it was made. */
  | { readonly type: 'play-clip'; readonly clipId: string | null }
  | { readonly type: 'set-paused'; readonly isPaused: boolean }
  | { readonly type: 'set-reduced-motion'; readonly isReduced: boolean }
  /** Weights 0 to 1 by control id; what is not named keeps its weight. */
  | { readonly type: 'set-weights'; readonly weights: Readonly<Record<string, number>> }
  | { readonly type: 'speak'; readonly text: string; readonly withSample: boolean }
  | { readonly type: 'stop-speaking' }
  /** A square picture of what is seen now, in pixels per side; with `isTransparent` without its background. */
  | { readonly type: 'capture'; readonly requestId: number; readonly sidePx: number; readonly isTransparent?: boolean }
  /** Answered at once by a frame that is alive. */
  | { readonly type: 'ping'; readonly sequence: number };

export const previewClipSchema = z.object({
  id: z.string(),
  label: z.string(),
  /** The manifest's slots that name it. */
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

/** Why nothing is drawn. `no-webgl`, `too-much-memory`, `damaged`, `unsupported`, `context-lost`; `too-slow` and `gone` come from the window. */
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

/** What was found in an opened bundle and can be moved. */
export const previewSceneSchema = z.object({
  bodyType: z.enum(bodyTypes),
  clips: z.array(previewClipSchema).max(2000),
  controls: z.array(previewControlSchema).max(5000),
  visemeSource: z.enum(visemeSources),
  hasVoiceSample: z.boolean(),
  triangles: z.int(),
  splatPoints: z.int(),
  /** Estimated bytes on the graphics side. */
  memoryBytes: z.number(),
  /** The body itself cannot be drawn, for this reason: what is shown is the manifest's fallback portrait. */
  replaced: z.enum(previewFailureCodes).optional(),
  /** Where the bundle is looked at from first: a second bundle can be looked at from the same place. */
  camera: previewCameraSchema.optional(),
});
export type PreviewScene = z.infer<typeof previewSceneSchema>;

/** What the frame tells the window. */
export const previewMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('progress'), stage: z.enum(['reading', 'decoding', 'building']) }),
  z.object({ type: z.literal('opened'), scene: previewSceneSchema }),
  z.object({ type: z.literal('failed'), code: z.enum(previewFailureCodes), detail: z.string().max(1000) }),
  /** The person moved the camera. */
  z.object({ type: z.literal('camera'), camera: previewCameraSchema }),
  /** The person pressed a key that ends a preview (Escape, Space) while the frame had the focus. */
  z.object({ type: z.literal('leave') }),
  z.object({ type: z.literal('speaking'), viseme: z.string().nullable(), isOver: z.boolean() }),
  z.object({ type: z.literal('captured'), requestId: z.int(), png: z.instanceof(ArrayBuffer) }),
  z.object({ type: z.literal('pong'), sequence: z.int() }),
]);
export type PreviewMessage = z.infer<typeof previewMessageSchema>;
