import type { Object3D } from 'three';
import type { PreviewClip } from '../../../shared/contract/preview-frame.ts';
import type { VisemeModel } from '../../../shared/gab/viseme-plan.ts';
import type { FaceState } from '../face/face-state.ts';
import type { Landmarks } from '../view/framing.ts';

/** What is drawn of a bundle, of whatever kind. */
export interface Body {
  readonly root: Object3D;
  readonly landmarks: Landmarks;
  readonly clips: readonly PreviewClip[];
  /** What its own model offers the mouth; null where there is no model. */
  readonly model: VisemeModel | null;
  /** VRM expressions and morphs that can be moved one by one, in the model's order. */
  readonly morphs: readonly string[];
  readonly expressions: readonly string[];
  readonly triangles: number;
  readonly splatPoints: number;
  /** Estimated bytes on the graphics side. */
  readonly memoryBytes: number;
  applyFace(face: FaceState): void;
  /** `null` goes back to how the avatar was made. Unknown ids do the same. */
  playClip(clipId: string | null): void;
  setPaused(isPaused: boolean): void;
  /** Goes on by a step; true while the next picture will differ. */
  update(deltaSeconds: number): boolean;
  /** Resolves when the first picture is complete: splats are sorted elsewhere. */
  ready(draw: () => void): Promise<void>;
  dispose(): void;
}
