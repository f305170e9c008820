import { ArrowLeft, Camera, PanelRight } from 'lucide-react';
import { useState } from 'react';
import { Group, Panel, Separator } from 'react-resizable-panels';
import type { PreviewCamera } from '../../../shared/contract/preview-frame.ts';
import { BundlePreview } from '../../components/bundle-preview/bundle-preview.tsx';
import { Button, IconButton } from '../../components/button.tsx';
import { CoverPane } from '../../components/cover-pane.tsx';
import { Picture } from '../../components/picture.tsx';
import { start } from '../../stores/notices/notices.ts';
import {
  closePreview,
  openBundleBytes,
  type PreviewSubject,
  reportDrawing,
  saveThumbnail,
} from '../../stores/preview/preview-store.ts';
import { NO_FILES, useStaging } from '../../stores/uploads/staging-store.ts';
import { useSelection } from '../../stores/view/selection.ts';
import { ControlPanel } from './control-panel.tsx';
import { type StageSubject, stageSubjectOf } from './preview-rules.ts';
import { previewTexts } from './texts.en.ts';
import { type Director, useDirector } from './use-director.ts';

/** Widths in CSS pixels. */
const CONTROLS = { defaultSize: 256, minSize: 208, maxSize: 400 };
const PICTURE_MIN_SIZE = 240;

interface StageProps {
  readonly subject: PreviewSubject;
  readonly projectUuid: string;
}

/** Covers the middle pane with the preview and its controls. */
export function PreviewStage({ subject, projectUuid }: StageProps) {
  const selection = useSelection();
  const staged = useStaging((state) => state.filesByProject[projectUuid] ?? NO_FILES);
  const shown = stageSubjectOf(subject, { selection, staged });
  return <CoverPane label={previewTexts.title}>{shown ? <Stage subject={shown} /> : <NothingToShow />}</CoverPane>;
}

function NothingToShow() {
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-2 p-6 text-center text-ink-soft">
      <p>{previewTexts.nothingToShow}</p>
      <Button onPress={closePreview}>{previewTexts.close}</Button>
    </div>
  );
}

function Stage({ subject }: { readonly subject: StageSubject }) {
  const director = useDirector();
  const [hasControls, setHasControls] = useState(true);
  const { shown, look, isEnded, onShown, onEnded, onSpeaking, onCameraMoved } = director;
  const name = previewTexts.nameAndNote(subject.title, subject.note);
  return (
    <>
      <Head
        subject={subject}
        director={director}
        hasControls={hasControls}
        onToggle={() => setHasControls(!hasControls)}
      />
      <Group className="min-h-0 flex-1">
        <Panel id="picture" minSize={PICTURE_MIN_SIZE}>
          <BundlePreview
            bundle={subject.bundle}
            fileName={subject.fileName}
            label={previewTexts.previewOf(name)}
            open={openBundleBytes}
            report={reportDrawing}
            look={look}
            onShown={onShown}
            onEnded={onEnded}
            onLeave={closePreview}
            onSpeaking={onSpeaking}
            onCameraMoved={onCameraMoved satisfies (camera: PreviewCamera) => void}
            fallback={
              <Picture
                src={subject.thumbnailUrl}
                name={subject.title}
                className="size-full bg-transparent [&_img]:object-contain"
              />
            }
          />
        </Panel>
        {hasControls && !isEnded ? (
          <>
            <Separator
              title={previewTexts.resizeControls}
              className="relative w-px bg-line data-[separator=active]:bg-action data-[separator=hover]:bg-line-strong focus-visible:z-20 focus-visible:bg-ink"
            />
            <Panel id="controls" {...CONTROLS} groupResizeBehavior="preserve-pixel-size">
              <ControlPanel key={shown ? 'shown' : 'waiting'} director={director} />
            </Panel>
          </>
        ) : null}
      </Group>
    </>
  );
}

interface HeadProps {
  readonly subject: StageSubject;
  readonly director: Director;
  readonly hasControls: boolean;
  readonly onToggle: () => void;
}

function Head({ subject, director, hasControls, onToggle }: HeadProps) {
  return (
    <header className="flex items-center gap-2 border-b border-line py-2 pr-3 pl-2.5">
      <IconButton label={previewTexts.closePreview} icon={ArrowLeft} onPress={closePreview} />
      <h1 className="min-w-0 truncate text-lg font-semibold" data-selectable>
        {subject.title}
      </h1>
      <p className="min-w-0 flex-1 truncate pt-0.5 text-ink-faint">{subject.note}</p>
      {subject.stageId === null ? null : <UseThisView stageId={subject.stageId} director={director} />}
      <IconButton
        label={hasControls ? previewTexts.hideControls : previewTexts.showControls}
        icon={PanelRight}
        aria-pressed={hasControls}
        onPress={onToggle}
      />
    </header>
  );
}

function UseThisView({ stageId, director }: { readonly stageId: string; readonly director: Director }) {
  const [isBusy, setBusy] = useState(false);
  const link = director.shown?.link;
  const take = (): void => {
    if (!link) return;
    setBusy(true);
    // The background of the window would suit only one of the two themes.
    const isTransparent = director.look.background === 'theme';
    start(saveThumbnail(stageId, (sidePx) => link.capture({ sidePx, isTransparent })).finally(() => setBusy(false)));
  };
  return (
    <Button icon={Camera} isDisabled={!link || isBusy} onPress={take}>
      {isBusy ? previewTexts.savingPicture : previewTexts.captureView}
    </Button>
  );
}
