import type { PreviewScene } from '../../../shared/contract/preview-frame.ts';
import { bundlePreviewTexts } from '../../components/bundle-preview/texts.en.ts';
import { ClipControls } from './clip-controls.tsx';
import { ControlSection } from './control-section.tsx';
import { FaceControls } from './face-controls.tsx';
import { factsOf } from './preview-rules.ts';
import { SpeechControls } from './speech-controls.tsx';
import { previewTexts } from './texts.en.ts';
import type { Director } from './use-director.ts';
import { ViewControls } from './view-controls.tsx';

function Facts({ scene }: { readonly scene: PreviewScene }) {
  return (
    <ControlSection title={previewTexts.facts}>
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5 text-sm" data-selectable>
        {factsOf(scene).map(({ name, value }) => (
          <div key={name} className="contents">
            <dt className="text-ink-faint">{name}</dt>
            <dd className="min-w-0">{value}</dd>
          </div>
        ))}
      </dl>
    </ControlSection>
  );
}

/**
 * Beside the picture; empty until the preview is drawn, because the controls depend on the scene.
 */
export function ControlPanel({ director }: { readonly director: Director }) {
  const scene = director.shown?.scene;
  return (
    <section aria-label={previewTexts.controls} className="h-full overflow-y-auto bg-surface">
      {scene ? (
        <>
          {scene.replaced ? (
            <p role="note" className="border-b border-line p-3 text-sm text-ink-soft">
              {previewTexts.fallbackPortrait(bundlePreviewTexts.failures[scene.replaced])}
            </p>
          ) : null}
          <ViewControls director={director} />
          {scene.clips.length > 0 ? <ClipControls clips={scene.clips} director={director} /> : null}
          <SpeechControls scene={scene} director={director} />
          {scene.controls.length > 0 ? <FaceControls controls={scene.controls} director={director} /> : null}
          <Facts scene={scene} />
        </>
      ) : (
        <p className="p-3 text-sm text-ink-faint">{previewTexts.opening}</p>
      )}
    </section>
  );
}
