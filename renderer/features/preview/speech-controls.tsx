import { MessageCircle, Square } from 'lucide-react';
import { useState } from 'react';
import type { PreviewScene } from '../../../shared/contract/preview-frame.ts';
import { Button } from '../../components/button.tsx';
import { CheckBox } from '../../components/check-box.tsx';
import { TextField } from '../../components/text-field.tsx';
import { ControlSection } from './control-section.tsx';
import { previewTexts } from './texts.en.ts';
import type { Director } from './use-director.ts';

/** More than enough to see how a mouth moves. */
const MAX_TEXT_CHARACTERS = 500;

/** Moves the mouth to a text. The only sound is the bundle's voice sample. */
export function SpeechControls({ scene, director }: SpeechProps) {
  const { isSpeaking, viseme } = director.direction;
  const spoken = isSpeaking && viseme ? viseme : null;
  return (
    <ControlSection title={previewTexts.speech} end={spoken ? <SpokenViseme viseme={spoken} /> : null}>
      {scene.visemeSource === 'none' ? (
        <p className="text-sm text-warn">{previewTexts.noMouthShapes}</p>
      ) : (
        <SpeechForm scene={scene} director={director} />
      )}
    </ControlSection>
  );
}

interface SpeechProps {
  readonly scene: PreviewScene;
  readonly director: Director;
}

/** The current mouth shape, to find out which one looks wrong. */
function SpokenViseme({ viseme }: { readonly viseme: string }) {
  return (
    <span aria-hidden className="rounded-sm bg-action-soft px-1.5 font-mono text-xs text-action-ink">
      {viseme}
    </span>
  );
}

function SpeechForm({ scene, director }: SpeechProps) {
  const [text, setText] = useState<string>(previewTexts.sampleSentence);
  const [withSample, setWithSample] = useState(false);
  const { isSpeaking } = director.direction;
  const speak = (): void => {
    if (isSpeaking) director.stopSpeaking();
    else director.speak(text, withSample);
  };
  return (
    <>
      <TextField
        label={previewTexts.textToSay}
        isLabelHidden
        isMultiline
        rows={2}
        value={text}
        limit={MAX_TEXT_CHARACTERS}
        onChange={setText}
      />
      <div className="flex flex-wrap items-center gap-2">
        <Button
          icon={isSpeaking ? Square : MessageCircle}
          isDisabled={(text.trim() === '' && !withSample) || text.length > MAX_TEXT_CHARACTERS}
          onPress={speak}
        >
          {isSpeaking ? previewTexts.stop : previewTexts.sayIt}
        </Button>
        {scene.hasVoiceSample ? (
          <CheckBox isChecked={withSample} onChange={setWithSample}>
            {previewTexts.withVoiceSample}
          </CheckBox>
        ) : null}
      </div>
    </>
  );
}
