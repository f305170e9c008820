import type { Camera, WebGLRenderer } from 'three';
import type { OpenBundle } from '../../../shared/gab/open-bundle.ts';

/** Input for creating a body. */
export interface BodyInput {
  readonly bundle: OpenBundle;
  readonly renderer: WebGLRenderer;
  /** The eyes look at it. */
  readonly camera: Camera;
  /** Requests a new drawing after a change outside of a step. */
  readonly onChange: () => void;
  /** False once another bundle was opened: the work can be abandoned. */
  readonly isCurrent: () => boolean;
}
