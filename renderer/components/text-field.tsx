import type { Ref } from 'react';
import {
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
  FieldError,
  Input,
  Label,
  Text,
  TextArea,
} from 'react-aria-components';
import { classNames } from './class-names.ts';

export const inputLook =
  'w-full rounded-md border border-line-strong bg-surface px-2 py-1 text-ink select-text data-disabled:opacity-50 data-invalid:border-problem';

export interface TextFieldProps extends Omit<AriaTextFieldProps, 'children' | 'className'> {
  readonly label: string;
  /** Hides the label from everyone but screen readers; the placeholder takes its place. */
  readonly isLabelHidden?: boolean;
  readonly placeholder?: string;
  readonly help?: string;
  readonly problem?: string | null | undefined;
  readonly isMultiline?: boolean;
  readonly rows?: number;
  readonly className?: string;
  readonly inputRef?: Ref<HTMLInputElement>;
}

export function TextField(props: TextFieldProps) {
  const {
    label,
    isLabelHidden,
    placeholder,
    help,
    problem,
    isMultiline,
    rows = 3,
    className,
    inputRef,
    ...rest
  } = props;
  const naming = isLabelHidden ? { 'aria-label': label } : {};
  const hint = placeholder === undefined ? {} : { placeholder };
  return (
    <AriaTextField
      {...rest}
      {...naming}
      isInvalid={Boolean(problem)}
      validationBehavior="aria"
      className={classNames('flex flex-col gap-1', className)}
    >
      {isLabelHidden ? null : <Label className="text-sm font-medium text-ink-soft">{label}</Label>}
      {isMultiline ? (
        <TextArea {...hint} rows={rows} className={classNames(inputLook, 'resize-y')} />
      ) : (
        <Input {...hint} {...(inputRef ? { ref: inputRef } : {})} className={classNames(inputLook, 'h-7')} />
      )}
      {help ? (
        <Text slot="description" className="text-sm text-ink-faint">
          {help}
        </Text>
      ) : null}
      <FieldError className="text-sm text-problem">{problem}</FieldError>
    </AriaTextField>
  );
}
