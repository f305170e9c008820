import type { Ref } from 'react';
import {
  TextField as AriaTextField,
  type TextFieldProps as AriaTextFieldProps,
  Input,
  Label,
  TextArea,
} from 'react-aria-components';
import { classNames } from './class-names.ts';
import { FieldNotes, isTooLong } from './field-notes.tsx';
import { componentTexts } from './texts.en.ts';

export const inputLook =
  'w-full rounded-md border border-line-strong bg-surface px-2 py-1 text-ink select-text data-disabled:opacity-50 data-invalid:border-problem';

export interface TextFieldProps extends Omit<AriaTextFieldProps, 'children' | 'className' | 'maxLength'> {
  readonly label: string;
  readonly value: string;
  /** Most characters: counted when it is near. Longer text can be typed, and is marked. */
  readonly limit?: number;
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
    limit,
    problem: given,
    isMultiline,
    rows = 3,
    className,
    inputRef,
    ...rest
  } = props;
  const { value } = rest;
  const surplus = isTooLong(value, limit) ? value.length - (limit ?? 0) : 0;
  const problem = surplus > 0 ? componentTexts.tooLong(surplus) : (given ?? null);
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
        <TextArea
          {...hint}
          rows={rows}
          // Grows with its text, up to a third of a window of 720 px.
          style={{ minHeight: `calc(${rows}lh + 0.75rem)` }}
          className={classNames(inputLook, 'field-sizing-content max-h-60 resize-none')}
        />
      ) : (
        <Input {...hint} {...(inputRef ? { ref: inputRef } : {})} className={classNames(inputLook, 'h-7')} />
      )}
      <FieldNotes help={help} problem={problem} value={value} limit={limit} />
    </AriaTextField>
  );
}
