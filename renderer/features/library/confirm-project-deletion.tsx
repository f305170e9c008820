import { Dialog, Heading } from 'react-aria-components';
import type { ProjectView } from '../../../shared/contract/library.ts';
import { Button } from '../../components/button.tsx';
import { ModalCard } from '../../components/modal-card.tsx';
import { Picture } from '../../components/picture.tsx';
import { cancelProjectDeletion, trashProjectNow, useProjectActions } from '../../stores/library/project-actions.ts';
import { start } from '../../stores/notices/notices.ts';
import { libraryTexts } from './texts.en.ts';

function Question({ project }: { readonly project: ProjectView }) {
  const { name, active } = project;
  return (
    <Dialog role="alertdialog" className="flex flex-col gap-3 p-4">
      <div className="flex items-center gap-3">
        <Picture
          src={active?.thumbnailUrl ?? null}
          name={active?.name ?? name}
          className="size-14 shrink-0 rounded-md"
        />
        <Heading slot="title" className="text-lg font-semibold">
          {libraryTexts.isLive(name, active?.name ?? '')}
        </Heading>
      </div>
      <p className="text-ink-soft">{libraryTexts.consequence(name)}</p>
      <div className="flex justify-end gap-1.5">
        <Button onPress={cancelProjectDeletion}>{libraryTexts.cancel}</Button>
        <Button look="danger" onPress={() => start(trashProjectNow(project))}>
          {libraryTexts.moveToTrash}
        </Button>
      </div>
    </Dialog>
  );
}

/** Shown only for a project in which something is live. Others are moved without a question. */
export function ConfirmProjectDeletion() {
  const asked = useProjectActions((state) => state.asked);
  return (
    <ModalCard isOpen={asked !== null} onClose={cancelProjectDeletion} className="w-96">
      {asked ? <Question project={asked} /> : null}
    </ModalCard>
  );
}
