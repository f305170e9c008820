import { Upload } from 'lucide-react';
import { type ReactNode, useEffect, useState } from 'react';
import type { AvatarView, ProjectView } from '../../../shared/contract/library.ts';
import { Button } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { useMedia } from '../../components/use-media.ts';
import { useReadOnlyReason } from '../../stores/account/use-permissions.ts';
import { loadAvatars } from '../../stores/library/library-store.ts';
import { describeStorage } from '../../stores/library/storage-rules.ts';
import { refreshStorage, useStorage } from '../../stores/library/storage-store.ts';
import { start } from '../../stores/notices/notices.ts';
import { showChooser } from '../../stores/uploads/choosers.ts';
import { loadStaged, NO_FILES, useStaging } from '../../stores/uploads/staging-store.ts';
import { useOpenAvatars } from '../../stores/view/selection.ts';
import { clearFilter } from '../../stores/view/view-store.ts';
import { ActiveAvatar } from './active-avatar.tsx';
import { AvatarCards } from './avatar-cards.tsx';
import { DropPane } from './drop-pane.tsx';
import { EmptyProject } from './empty-project.tsx';
import { FileChoosers } from './file-choosers.tsx';
import { ProjectStatus, ProjectTools } from './project-tools.tsx';
import { RecheckNotice } from './recheck-notice.tsx';
import { projectTexts } from './texts.en.ts';
import { Toolbar } from './toolbar.tsx';
import { useNeighborOfRemoved } from './use-neighbor.ts';
import { useShownAvatars } from './use-shown-avatars.ts';

/** Where an unfolded band would leave no space for cards. */
const LOW_WINDOW = '(height < 560px)';

const NO_AVATARS: readonly AvatarView[] = [];

interface PageProps {
  readonly project: ProjectView;
  readonly avatars: readonly AvatarView[];
}

function Header({ project, block }: { readonly project: ProjectView; readonly block: string | null }) {
  // The empty page and the upload sheet have a primary button themselves.
  const isSheetOpen = useStaging((state) => (state.filesByProject[project.uuid] ?? NO_FILES).length > 0);
  const look = project.avatarCount === 0 || isSheetOpen ? 'plain' : 'primary';
  return (
    <header className="flex items-center gap-3">
      <h1 className="min-w-0 truncate text-left text-xl font-semibold" title={project.name} dir="auto">
        {project.name}
      </h1>
      <p className="pt-1 whitespace-nowrap text-ink-faint [@media(width<800px)]:hidden">
        {projectTexts.avatarCount(project.avatarCount)}
      </p>
      <StorageUse projectUuid={project.uuid} />
      <ProjectTools key={project.uuid} project={project} />
      <Button look={look} icon={Upload} blockedReason={block} onPress={() => showChooser('files')}>
        {projectTexts.upload}
      </Button>
    </header>
  );
}

/** A quiet line; empty while nothing is limited, or before the server has answered. */
function StorageUse({ projectUuid }: { readonly projectUuid: string }) {
  const storage = useStorage((state) => state.byProject[projectUuid]);
  const line = storage ? describeStorage(storage) : null;
  return (
    <p className={classNames('min-w-0 flex-1 truncate pt-1', line?.isProblem ? 'text-problem' : 'text-ink-faint')}>
      {line?.text}
    </p>
  );
}

function NothingFound() {
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-2 text-ink-soft">
      <p>{projectTexts.noMatch}</p>
      <Button onPress={clearFilter}>{projectTexts.showAll}</Button>
    </div>
  );
}

function Avatars({ project, avatars }: PageProps) {
  const block = useReadOnlyReason();
  const items = useShownAvatars(project.uuid, avatars);
  const [isScrolled, setScrolled] = useState(false);
  const isLow = useMedia(LOW_WINDOW);
  useNeighborOfRemoved(avatars, items);
  if (avatars.length === 0 && items.length === 0) return <EmptyProject block={block} />;
  return (
    <>
      <RecheckNotice project={project} avatars={avatars} />
      <ActiveAvatar project={project} avatars={avatars} isFolded={isScrolled || isLow} />
      <Toolbar avatars={avatars} shownCount={items.length} />
      {items.length > 0 ? <AvatarCards items={items} onScrolled={setScrolled} /> : <NothingFound />}
    </>
  );
}

interface ProjectPageProps {
  readonly project: ProjectView;
  /** The conflicts of this project; renders nothing if there are none. */
  readonly conflicts: ReactNode;
  /** Covers part of the page and accepts drops like the page. */
  readonly sheet: ReactNode;
  /** Replaces the page and its sheet and accepts drops like them; null shows the page. */
  readonly cover: ReactNode;
}

/** The middle pane: the active avatar, then every avatar of the project. */
export function ProjectPage({ project, conflicts, sheet, cover }: ProjectPageProps) {
  const avatars = useOpenAvatars();
  const block = useReadOnlyReason();
  useEffect(() => {
    start(loadAvatars(project.uuid));
    start(loadStaged(project.uuid));
  }, [project.uuid]);
  // The list is replaced whenever something in the project has changed.
  useEffect(() => {
    if (avatars) refreshStorage(project.uuid);
  }, [project.uuid, avatars]);
  return (
    <main aria-label={project.name} className="flex min-h-0 flex-1 flex-col bg-pane">
      <DropPane
        projectUuid={project.uuid}
        projectName={project.name}
        avatars={avatars ?? NO_AVATARS}
        isDisabled={block !== null}
      >
        {cover ?? (
          <>
            <div className="notices-place flex min-h-0 flex-1 flex-col gap-3 px-4 pt-3">
              <Header project={project} block={block} />
              <ProjectStatus project={project} />
              {conflicts}
              {avatars ? <Avatars project={project} avatars={avatars} /> : null}
            </div>
            {sheet}
          </>
        )}
      </DropPane>
      <FileChoosers projectUuid={project.uuid} />
    </main>
  );
}
