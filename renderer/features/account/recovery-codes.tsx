import { Download } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { FormProblem } from '../../components/form-problem.tsx';
import { saveRecoveryCodes } from '../../stores/account/account-store.ts';
import { useSubmission } from '../../stores/account/use-submission.ts';
import { problemText } from '../../stores/failures/explain-failure.ts';
import { accountDialogTexts as texts } from './texts.en.ts';

interface RecoveryCodesProps {
  readonly codes: readonly string[];
  readonly onDone: () => void;
}

/** Shown once, right after the second factor was turned on. */
export function RecoveryCodes({ codes, onDone }: RecoveryCodesProps) {
  const [path, setPath] = useState<string | null>(null);
  const { isBusy, failure, submit } = useSubmission();
  const save = (): void => submit(saveRecoveryCodes(codes), (outcome) => outcome.ok && setPath(outcome.value.path));
  return (
    <div className="flex flex-col gap-4">
      <p className="text-ink-soft">{texts.recoveryHelp}</p>
      <ul
        aria-label={texts.recoveryCodes}
        className="grid grid-cols-2 gap-x-6 gap-y-1 rounded-md border border-line bg-sunken px-4 py-3 font-mono select-text"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <div className="flex items-center gap-1.5">
        <CopyButton label={texts.copyCodes} text={codes.join('\n')} />
        <Button
          look="quiet"
          icon={Download}
          isDisabled={isBusy}
          onPress={save}
          className="h-6 px-2 text-sm font-normal"
        >
          {texts.saveCodes}
        </Button>
      </div>
      {path ? <output className="text-sm break-words text-ink-soft">{texts.savedAs(path)}</output> : null}
      <FormProblem text={problemText(failure)} />
      <div className="flex justify-end">
        <Button look="primary" onPress={onDone}>
          {texts.done}
        </Button>
      </div>
    </div>
  );
}
