import { Button } from '../../components/button.tsx';
import { CopyButton } from '../../components/copy-button.tsx';
import { accessTokenTexts as texts } from './access-token-texts.en.ts';

interface MadeTokenProps {
  readonly secret: string;
  readonly onDone: () => void;
}

/** Shown once, right after the token was made. */
export function MadeToken({ secret, onDone }: MadeTokenProps) {
  return (
    <div className="flex flex-col gap-4">
      <p className="text-ink-soft">{texts.madeHelp}</p>
      <code className="rounded-md border border-line bg-sunken px-4 py-3 font-mono break-all select-text">
        {secret}
      </code>
      <div className="flex items-center justify-between">
        <CopyButton label={texts.copy} text={secret} />
        <Button look="primary" onPress={onDone}>
          {texts.done}
        </Button>
      </div>
    </div>
  );
}
