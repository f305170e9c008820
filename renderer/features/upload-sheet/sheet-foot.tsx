import { useState } from 'react';
import type { ProjectView } from '../../../shared/contract/library.ts';
import { Button } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { useReadOnlyReason } from '../../stores/account/use-permissions.ts';
import { start } from '../../stores/notices/notices.ts';
import { confirmUpload, discardAll } from '../../stores/uploads/staging-store.ts';
import { type SheetPlan, targetName, uploadLabel } from '../../stores/uploads/upload-choices.ts';
import type { SheetContents } from './sheet-contents.ts';
import { uploadSheetTexts } from './texts.en.ts';

function describeActivation(project: ProjectView, { plan, avatars }: SheetContents): string {
  const activated = plan.files.find(({ file }) => file.stageId === plan.activatedId);
  if (activated) return uploadSheetTexts.willBeLive(targetName(activated, avatars));
  if (!plan.files.some(({ file }) => file.activatable)) return uploadSheetTexts.noneCanGoLive;
  return project.active ? uploadSheetTexts.activeStays : uploadSheetTexts.nothingGoesLive;
}

/** Why nothing can be uploaded now, or null. */
function uploadBlock(plan: SheetPlan, readOnlyReason: string | null): string | null {
  if (readOnlyReason) return readOnlyReason;
  if (plan.inspectingCount > 0) return uploadSheetTexts.stillChecking;
  return Object.values(plan.problems)[0] ?? null;
}

const footLook = 'flex flex-wrap items-center gap-2 border-t border-line px-4 py-2.5';

interface FootProps {
  readonly project: ProjectView;
  readonly contents: SheetContents;
}

export function SheetFoot({ project, contents }: FootProps) {
  const { plan } = contents;
  const [isSending, setSending] = useState(false);
  const block = uploadBlock(plan, useReadOnlyReason());
  const send = (): void => {
    setSending(true);
    start(confirmUpload(project.uuid, plan).finally(() => setSending(false)));
  };
  const discard = (): void => start(discardAll(project.uuid));
  if (plan.items.length === 0 && plan.inspectingCount === 0) {
    return (
      <footer className={classNames(footLook, 'justify-end')}>
        <Button look="primary" onPress={discard}>
          {uploadSheetTexts.close}
        </Button>
      </footer>
    );
  }
  return (
    <footer className={footLook}>
      <p className="min-w-0 flex-1 truncate text-ink-soft">
        {plan.items.length > 0 ? describeActivation(project, contents) : null}
      </p>
      <Button onPress={discard}>{uploadSheetTexts.discard}</Button>
      <Button look="primary" isDisabled={isSending} blockedReason={block} onPress={send}>
        {uploadLabel(plan.items.length)}
      </Button>
    </footer>
  );
}
