import { Dialog, Heading } from 'react-aria-components';
import { Button } from '../../components/button.tsx';
import { ModalCard } from '../../components/modal-card.tsx';
import { Picture } from '../../components/picture.tsx';
import { generalTexts } from '../../stores/general-texts.en.ts';
import { activeVersion } from '../../stores/library/avatar-rules.ts';
import {
  cancelDeletion,
  type Deletion,
  describeDeletion,
  moveToTrashNow,
  useDeletion,
} from '../../stores/library/trash-actions.ts';
import { start } from '../../stores/notices/notices.ts';
import { trashTexts } from './texts.en.ts';

function Question({ deletion }: { readonly deletion: Deletion }) {
  const active = activeVersion(deletion.avatar);
  const { name } = deletion.avatar;
  return (
    <Dialog role="alertdialog" className="flex flex-col gap-3 p-4">
      <div className="flex items-center gap-3">
        <Picture src={active?.thumbnailUrl ?? null} name={name} className="size-14 shrink-0 rounded-md" />
        <Heading slot="title" className="text-lg font-semibold">
          {trashTexts.isLive(active ? generalTexts.version(name, active.version) : name)}
        </Heading>
      </div>
      <p className="text-ink-soft">{trashTexts.consequence(describeDeletion(deletion))}</p>
      <div className="flex justify-end gap-1.5">
        <Button onPress={cancelDeletion}>{trashTexts.cancel}</Button>
        <Button look="danger" onPress={() => start(moveToTrashNow(deletion))}>
          {trashTexts.moveToTrash}
        </Button>
      </div>
    </Dialog>
  );
}

/**
 * Shown only for the active version. Everything else is moved to the trash without a question,
 * because it can be undone.
 */
export function ConfirmDeletion() {
  const asked = useDeletion((state) => state.asked);
  return (
    <ModalCard isOpen={asked !== null} onClose={cancelDeletion} className="w-96">
      {asked ? <Question deletion={asked} /> : null}
    </ModalCard>
  );
}
