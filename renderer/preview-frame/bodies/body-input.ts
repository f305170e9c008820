import type { Camera, WebGLRenderer } from 'three';
import type { OpenBundle } from '../../../shared/gab/open-bundle.ts';

/** What making a body takes. */
export interface BodyInput {
  readonly bundle: OpenBundle;
  readonly renderer: WebGLRenderer;
  /** Eyes look at it. */
  readonly camera: Camera;
  /** The picture has to be drawn again, by something that happened outside of a step. */
  readonly onChange: () => void;
  /** False once another bundle was opened: the work may end. */
  readonly isWanted: () => boolean;
}
