import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { SECOND_MS } from '../../shared/lib/durations.ts';
import { Button, IconButton } from './button.tsx';
import { copyText } from './copy-text.ts';
import { componentTexts } from './texts.en.ts';

interface CopyButtonProps {
  readonly label: string;
  readonly text: string;
  readonly isIconOnly?: boolean;
}

/** How long the button confirms the copy. */
const CONFIRM_MS = 1.5 * SECOND_MS;

export function CopyButton({ label, text, isIconOnly = false }: CopyButtonProps) {
  const [isCopied, setCopied] = useState(false);
  useEffect(() => {
    if (!isCopied) return undefined;
    const timer = setTimeout(() => setCopied(false), CONFIRM_MS);
    return () => clearTimeout(timer);
  }, [isCopied]);
  const copy = (): void => void copyText(text).then(setCopied);
  const icon = isCopied ? Check : Copy;
  if (isIconOnly) return <IconButton label={label} icon={icon} size={13} className="size-6" onPress={copy} />;
  return (
    <Button look="quiet" icon={icon} onPress={copy} className="h-6 px-2 text-sm font-normal">
      {isCopied ? componentTexts.copied : label}
    </Button>
  );
}
