import { Check, MessageCircle, Square } from 'lucide-react';
import { useState } from 'react';
import { Checkbox } from 'react-aria-components';
import type { PreviewScene } from '../../../shared/contract/preview-frame.ts';
import { Button } from '../../components/button.tsx';
import { TextField } from '../../components/text-field.tsx';
import { ControlSection } from './control-section.tsx';
import type { Director } from './use-director.ts';

const FIRST_WORDS = 'Hello, how can I help you today?';
/** Longer than any sentence that shows how a mouth moves. */
const MAX_TEXT_CHARACTERS = 500;

/** The mouth says a text: no sound but the bundle's own sample. */
export function SpeechControls({ scene, director }: SpeechProps) {
  const { isSpeaking, viseme } = director.direction;
  const said = isSpeaking && viseme ? viseme : null;
  return (
    <ControlSection title="Say something" end={said ? <Said viseme={said} /> : null}>
      {scene.visemeSource === 'none' ? (
        <p className="text-sm text-warn">Nothing in it moves the mouth.</p>
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

/** The mouth shape of this moment, for who wonders which one is wrong. */
function Said({ viseme }: { readonly viseme: string }) {
  return (
    <span aria-hidden className="rounded-sm bg-action-soft px-1.5 font-mono text-xs text-action-ink">
      {viseme}
    </span>
  );
}

function SpeechForm({ scene, director }: SpeechProps) {
  const [text, setText] = useState(FIRST_WORDS);
  const [withSample, setWithSample] = useState(false);
  const { isSpeaking } = director.direction;
  const speak = (): void => {
    if (isSpeaking) director.stopSpeaking();
    else director.speak(text, withSample);
  };
  return (
    <>
      <TextField
        label="Text to say"
        isLabelHidden
        isMultiline
        rows={2}
        value={text}
        maxLength={MAX_TEXT_CHARACTERS}
        onChange={setText}
      />
      <div className="flex flex-wrap items-center gap-2">
        <Button
          icon={isSpeaking ? Square : MessageCircle}
          isDisabled={text.trim() === '' && !withSample}
          onPress={speak}
        >
          {isSpeaking ? 'Stop' : 'Say it'}
        </Button>
        {scene.hasVoiceSample ? (
          <Checkbox
            isSelected={withSample}
            onChange={setWithSample}
            className="group flex cursor-default items-center gap-1.5"
          >
            <span
              aria-hidden
              className="grid size-3.5 place-items-center rounded-sm border border-line-strong bg-surface text-on-action group-data-focus-visible:outline-2 group-data-focus-visible:outline-action group-data-selected:border-action group-data-selected:bg-action"
            >
              <Check size={11} strokeWidth={3} className="invisible group-data-selected:visible" />
            </span>
            Use voice sample
          </Checkbox>
        ) : null}
      </div>
    </>
  );
}
