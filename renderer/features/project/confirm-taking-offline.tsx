import { Dialog, Heading } from 'react-aria-components';
import { Button } from '../../components/button.tsx';
import { ModalCard } from '../../components/modal-card.tsx';
import {
  cancelTakingOffline,
  type TakingOffline,
  takeOfflineNow,
  useTakingOffline,
} from '../../stores/activation/taking-offline.ts';
import { useLibrary } from '../../stores/library/library-store.ts';
import { start } from '../../stores/notices/notices.ts';
import { projectTexts } from './texts.en.ts';

function Question({ asked }: { readonly asked: TakingOffline }) {
  const project = useLibrary((state) => state.projects?.find(({ uuid }) => uuid === asked.projectUuid));
  return (
    <Dialog role="alertdialog" className="flex flex-col gap-3 p-4">
      <Heading slot="title" className="text-lg font-semibold">
        {projectTexts.takeOfflineQuestion(asked.name)}
      </Heading>
      <p className="text-ink-soft">{projectTexts.takeOfflineConsequence(project?.name ?? '')}</p>
      <div className="flex justify-end gap-1.5">
        <Button onPress={cancelTakingOffline}>{projectTexts.cancel}</Button>
        <Button look="danger" onPress={() => start(takeOfflineNow(asked))}>
          {projectTexts.takeOffline}
        </Button>
      </div>
    </Dialog>
  );
}

/** Asked wherever the live avatar is taken offline. */
export function ConfirmTakingOffline() {
  const asked = useTakingOffline((state) => state.asked);
  return (
    <ModalCard isOpen={asked !== null} onClose={cancelTakingOffline} className="w-96">
      {asked ? <Question asked={asked} /> : null}
    </ModalCard>
  );
}
