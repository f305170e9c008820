import { useEffect, useState } from 'react';
import { Dialog, Heading } from 'react-aria-components';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { copyText } from '../../components/copy-text.ts';
import { ModalCard } from '../../components/modal-card.tsx';
import { announce } from '../../stores/notices/announcements.ts';
import { start } from '../../stores/notices/notices.ts';
import { closeDiagnostics, showLog, useDiagnostics } from '../../stores/shell/diagnostics-store.ts';
import { helpTexts } from './texts.en.ts';

interface ContentProps {
  readonly text: string;
  readonly isCopied: boolean;
}

/** Whether the text is on the clipboard; null while it is being copied. */
function useCopy({ text, isCopied }: ContentProps): boolean | null {
  const [outcome, setOutcome] = useState(isCopied ? true : null);
  useEffect(() => {
    let isShown = true;
    const tell = (isThere: boolean): void => {
      if (!isShown) return;
      setOutcome(isThere);
      announce(isThere ? helpTexts.copied : helpTexts.notCopied);
    };
    if (isCopied) tell(true);
    else start(copyText(text).then(tell));
    return () => {
      isShown = false;
    };
  }, [text, isCopied]);
  return outcome;
}

function Content(shown: ContentProps) {
  const outcome = useCopy(shown);
  return (
    <Dialog className="flex max-h-[80vh] flex-col gap-3 p-4">
      <Heading slot="title" className="text-lg font-semibold">
        {outcome === true ? helpTexts.copied : helpTexts.title}
      </Heading>
      {outcome === false ? <p className="text-problem">{helpTexts.notCopied}</p> : null}
      <p className="text-ink-soft">{helpTexts.explanation}</p>
      <textarea
        readOnly
        aria-label={outcome === true ? helpTexts.text : helpTexts.title}
        value={shown.text}
        rows={18}
        wrap="off"
        className="min-h-0 resize-none rounded-md border border-line bg-pane p-2 font-mono text-xs"
      />
      <div className="flex items-center justify-end gap-1.5">
        <CopyButton label={helpTexts.copyAgain} text={shown.text} />
        <Button onPress={() => start(showLog())}>{helpTexts.showLog}</Button>
        <Button look="primary" onPress={closeDiagnostics}>
          {helpTexts.close}
        </Button>
      </div>
    </Dialog>
  );
}

/** Shows the copied text, so that nobody sends anything unseen. */
export function DiagnosticsDialog() {
  const shown = useDiagnostics((state) => state.shown);
  return (
    <ModalCard isOpen={shown !== null} onClose={closeDiagnostics} className="w-[720px]">
      {shown ? <Content {...shown} /> : null}
    </ModalCard>
  );
}
