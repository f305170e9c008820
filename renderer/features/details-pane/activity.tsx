import { ActivationList } from '../../components/activation-list.tsx';
import { useLibrary } from '../../stores/library/library-store.ts';
import type { Selection } from '../../stores/view/selection.ts';
import { detailsTexts } from './texts.en.ts';

/** When the selected avatar became active and stopped being active, as far as the project remembers. */
export function Activity({ selection }: { readonly selection: Selection }) {
  const { avatarUuid, projectUuid } = selection.avatar;
  const project = useLibrary((state) => state.projects?.find(({ uuid }) => uuid === projectUuid));
  const activations = (project?.activations ?? []).filter(
    ({ from, to }) => from?.avatarUuid === avatarUuid || to?.avatarUuid === avatarUuid,
  );
  if (activations.length === 0) return <p className="text-ink-soft">{detailsTexts.neverLive}</p>;
  return (
    <ActivationList
      label={detailsTexts.activityTab}
      activations={activations}
      activeVersionUuid={project?.active?.versionUuid ?? null}
    />
  );
}
