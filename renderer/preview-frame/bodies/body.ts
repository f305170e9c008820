import type { Object3D } from 'three';
import type { PreviewClip } from '../../../shared/contract/preview-frame.ts';
import type { VisemeModel } from '../../../shared/gab/viseme-plan.ts';
import type { FaceState } from '../face/face-state.ts';
import type { Landmarks } from '../view/framing.ts';

/** The body of a bundle, of any kind. */
export interface Body {
  readonly root: Object3D;
  readonly landmarks: Landmarks;
  readonly clips: readonly PreviewClip[];
  /** The mouth shapes of the model; null without a model. */
  readonly model: VisemeModel | null;
  /** VRM expressions and morphs that can be set individually, in the order of the model. */
  readonly morphs: readonly string[];
  readonly expressions: readonly string[];
  readonly triangles: number;
  readonly splatPoints: number;
  /** Estimated bytes of graphics memory. */
  readonly memoryBytes: number;
  applyFace(face: FaceState): void;
  /** `null` and unknown ids restore the original pose. */
  playClip(clipId: string | null): void;
  /** Whether a body without clips breathes; false while people ask for reduced motion. */
  setIdling?(isIdling: boolean): void;
  setPaused(isPaused: boolean): void;
  /** Advances by one step. Returns true while the picture keeps changing. */
  update(deltaSeconds: number): boolean;
  /** Resolves when the first picture is complete: a worker sorts the splats first. */
  ready(draw: () => void): Promise<void>;
  dispose(): void;
}
