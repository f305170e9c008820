import type { PreviewCamera, PreviewScene } from '../../shared/contract/preview-frame.ts';
import type { OpenBundle } from '../../shared/gab/open-bundle.ts';
import { planVisemes } from '../../shared/gab/viseme-plan.ts';
import type { Body } from './bodies/body.ts';
import { FaceControls } from './face/face-controls.ts';
import { atDistance, frameView, type Lens } from './view/framing.ts';

/** A bundle on the stage: its body, its face, and what the window is told about it. */
export class OpenedBundle {
  readonly bundle: OpenBundle;
  readonly body: Body;
  readonly face: FaceControls;
  readonly scene: PreviewScene;

  constructor(bundle: OpenBundle, body: Body) {
    this.bundle = bundle;
    this.body = body;
    const { face, voice } = bundle.manifest;
    const plan = planVisemes(face, body.model);
    this.face = new FaceControls({ face, plan, morphs: body.morphs, expressions: body.expressions });
    this.scene = {
      bodyType: bundle.manifest.body.type,
      clips: [...body.clips],
      controls: this.face.list,
      visemeSource: plan.source,
      hasVoiceSample: voice?.sample !== undefined,
      triangles: body.triangles,
      splatPoints: body.splatPoints,
      memoryBytes: Math.round(body.memoryBytes),
    };
  }

  /** Where the manifest wants the camera; the whole avatar where it says nothing. */
  startCamera(lens: Lens): PreviewCamera {
    const { view = 'full', distance } = this.bundle.manifest.body.camera ?? {};
    const camera = frameView(view, this.body.landmarks, lens);
    return distance ? atDistance(camera, distance) : camera;
  }

  dispose(): void {
    this.body.dispose();
  }
}
