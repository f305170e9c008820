import { Eye, EyeOff } from 'lucide-react';
import { type Ref, useState } from 'react';
import { TextField as AriaTextField, Input, Label } from 'react-aria-components';
import { IconButton } from './button.tsx';
import { classNames } from './class-names.ts';
import { FieldNotes } from './field-notes.tsx';
import { inputLook } from './text-field.tsx';
import { componentTexts } from './texts.en.ts';

interface PasswordFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (password: string) => void;
  readonly autoComplete: 'current-password' | 'new-password';
  readonly help?: string;
  /** Most characters: counted when it is near. */
  readonly limit?: number;
  readonly problem?: string | null;
  readonly inputRef?: Ref<HTMLInputElement>;
}

/** A password that can be shown while it is typed, instead of typing it twice. */
export function PasswordField(props: PasswordFieldProps) {
  const { label, value, onChange, autoComplete, help, limit, problem = null, inputRef } = props;
  const [isShown, setShown] = useState(false);
  return (
    <AriaTextField
      type={isShown ? 'text' : 'password'}
      value={value}
      onChange={onChange}
      autoComplete={autoComplete}
      spellCheck="false"
      isInvalid={Boolean(problem)}
      validationBehavior="aria"
      className="flex flex-col gap-1"
    >
      <Label className="text-sm font-medium text-ink-soft">{label}</Label>
      <div className="relative">
        <Input {...(inputRef ? { ref: inputRef } : {})} className={classNames(inputLook, 'h-7 pr-8')} />
        <IconButton
          label={isShown ? componentTexts.hidePassword : componentTexts.showPassword}
          icon={isShown ? EyeOff : Eye}
          size={14}
          className="absolute top-0.5 right-0.5 size-6"
          onPress={() => setShown(!isShown)}
        />
      </div>
      <FieldNotes help={help} problem={problem} value={value} limit={limit} />
    </AriaTextField>
  );
}
