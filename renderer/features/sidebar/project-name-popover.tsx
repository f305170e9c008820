import { type RefObject, useState } from 'react';
import { Dialog, Form, Popover } from 'react-aria-components';
import type { Failure } from '../../../shared/contract/failure.ts';
import { MAX_PROJECT_NAME_CHARS } from '../../../shared/domain/limits.ts';
import { Button } from '../../components/button.tsx';
import { floatLook } from '../../components/menu.tsx';
import { TextField } from '../../components/text-field.tsx';
import { useFocusOnMount } from '../../components/use-focus-on-mount.ts';
import { useOfflineReason } from '../../stores/account/use-permissions.ts';
import { closeNameForm, type NameForm, submitName } from '../../stores/library/project-actions.ts';
import { showBug } from '../../stores/notices/notices.ts';
import { nameProblem } from './name-rules.ts';
import { sidebarTexts } from './texts.en.ts';

interface NameFieldsProps {
  readonly form: NameForm;
  readonly currentName: string;
}

function NameFields({ form, currentName }: NameFieldsProps) {
  const [name, setName] = useState(currentName);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isBusy, setBusy] = useState(false);
  const offline = useOfflineReason();
  const field = useFocusOnMount<HTMLInputElement>();
  const wanted = name.trim();
  const isUsable = wanted !== '' && wanted.length <= MAX_PROJECT_NAME_CHARS;
  const submit = (): void => {
    if (!isUsable || isBusy || offline !== null) return;
    if (wanted === currentName) {
      closeNameForm();
      return;
    }
    setBusy(true);
    submitName(form, wanted)
      .then((outcome) => outcome.ok || setFailure(outcome.failure), showBug)
      .finally(() => setBusy(false));
  };
  return (
    <Form
      className="flex flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <TextField
        label={sidebarTexts.projectName}
        inputRef={field}
        value={name}
        limit={MAX_PROJECT_NAME_CHARS}
        onChange={(text) => {
          setName(text);
          setFailure(null);
        }}
        problem={nameProblem(failure)}
      />
      <div className="flex justify-end gap-1.5">
        <Button onPress={closeNameForm}>{sidebarTexts.cancel}</Button>
        <Button type="submit" look="primary" blockedReason={offline} isDisabled={!isUsable || isBusy}>
          {form.kind === 'create' ? sidebarTexts.create : sidebarTexts.rename}
        </Button>
      </div>
    </Form>
  );
}

interface PopoverProps extends NameFieldsProps {
  readonly title: string;
  readonly isOpen: boolean;
  /** What the popover is about. */
  readonly anchor: RefObject<HTMLElement | null>;
}

/** Asks for the name of a project, beside the place where it will be shown. */
export function ProjectNamePopover({ title, isOpen, anchor, form, currentName }: PopoverProps) {
  return (
    <Popover
      triggerRef={anchor}
      isOpen={isOpen}
      onOpenChange={(isNowOpen) => !isNowOpen && closeNameForm()}
      placement="bottom start"
      offset={4}
      className={`${floatLook} w-72`}
    >
      <Dialog aria-label={title} className="p-2">
        <NameFields form={form} currentName={currentName} />
      </Dialog>
    </Popover>
  );
}
