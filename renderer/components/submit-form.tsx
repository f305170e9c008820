import type { ReactNode } from 'react';
import { Form } from 'react-aria-components';

interface SubmitFormProps {
  readonly label?: string;
  /** False while something is missing or is being sent: Enter then does nothing. */
  readonly canSubmit: boolean;
  readonly onSubmit: () => void;
  readonly children: ReactNode;
}

/** A column of fields that the application sends itself; the browser never does. */
export function SubmitForm({ label, canSubmit, onSubmit, children }: SubmitFormProps) {
  return (
    <Form
      {...(label !== undefined && { 'aria-label': label })}
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        if (canSubmit) onSubmit();
      }}
    >
      {children}
    </Form>
  );
}
