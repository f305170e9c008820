import { Dialog, Heading } from 'react-aria-components';
import { Button } from '../../components/button.tsx';
import { ModalCard } from '../../components/modal-card.tsx';
import { Picture } from '../../components/picture.tsx';
import { activeVersion } from '../../stores/avatar-rules.ts';
import { start } from '../../stores/notices.ts';
import {
  cancelDeletion,
  type Deletion,
  describeDeletion,
  moveToTrashNow,
  useDeletion,
} from '../../stores/trash-actions.ts';

function Question({ deletion }: { readonly deletion: Deletion }) {
  const live = activeVersion(deletion.avatar);
  return (
    <Dialog role="alertdialog" className="flex flex-col gap-3 p-4 outline-none">
      <div className="flex items-center gap-3">
        <Picture src={live?.thumbnailUrl ?? null} name={deletion.avatar.name} className="size-14 shrink-0 rounded-md" />
        <Heading slot="title" className="text-lg font-semibold">
          {deletion.avatar.name} v{live?.version} is live
        </Heading>
      </div>
      <p className="text-ink-soft">
        Moving {describeDeletion(deletion)} to the trash takes it off the air at once: nothing will be live in this
        project. You can undo it.
      </p>
      <div className="flex justify-end gap-1.5">
        <Button onPress={cancelDeletion}>Cancel</Button>
        <Button look="danger" onPress={() => start(moveToTrashNow(deletion))}>
          Move to trash
        </Button>
      </div>
    </Dialog>
  );
}

/** Asked once, and only here: everything that is not live goes to the trash without a question, and comes back by undo. */
export function ConfirmDeletion() {
  const asked = useDeletion((state) => state.asked);
  return (
    <ModalCard isOpen={asked !== null} onClose={cancelDeletion} className="w-96">
      {asked ? <Question deletion={asked} /> : null}
    </ModalCard>
  );
}
