import { Dialog, Heading, Menu, MenuItem } from 'react-aria-components';
import type { ProjectView } from '../../../shared/contract/library.ts';
import type { OpenedFile } from '../../../shared/contract/opening.ts';
import type { SignedInUser } from '../../../shared/contract/session.ts';
import { commaList } from '../../../shared/lib/sentence.ts';
import { Button } from '../../components/button.tsx';
import { classNames } from '../../components/class-names.ts';
import { itemLook } from '../../components/menu.tsx';
import { ModalCard } from '../../components/modal-card.tsx';
import { Picture } from '../../components/picture.tsx';
import { SearchableList } from '../../components/searchable-list.tsx';
import { useSession } from '../../stores/account/session-store.ts';
import { useLibrary } from '../../stores/library/library-store.ts';
import { start } from '../../stores/notices/notices.ts';
import { addOpenedFiles, discardOpenedFiles, useOpening } from '../../stores/uploads/opening-store.ts';
import { openProjectUuid, useView } from '../../stores/view/view-store.ts';
import { projectChoices } from './project-choices.ts';
import { openedFilesTexts } from './texts.en.ts';

/** Names that are read at a glance; further ones are counted. */
const MAX_SHOWN_NAMES = 4;

function FileNames({ files }: { readonly files: readonly OpenedFile[] }) {
  if (files.length < 2) return null;
  const more = files.length - MAX_SHOWN_NAMES;
  const names = files.slice(0, MAX_SHOWN_NAMES).map(({ fileName }) => fileName);
  return (
    <p className="line-clamp-3 shrink-0 text-ink-soft wrap-anywhere">
      {commaList([...names, more > 0 ? openedFilesTexts.more(more) : null])}
    </p>
  );
}

interface ChoicesProps {
  readonly choices: readonly ProjectView[];
  readonly openUuid: string | null;
}

function Choices({ choices, openUuid }: ChoicesProps) {
  return (
    <Menu
      aria-label={openedFilesTexts.projects}
      items={choices.map((project) => ({ id: project.uuid, project }))}
      onAction={(key) => start(addOpenedFiles(String(key)))}
      renderEmptyState={() => <p className="p-3 text-ink-faint">{openedFilesTexts.noMatch}</p>}
      className="p-1"
    >
      {({ id, project }) => (
        <MenuItem
          id={id}
          textValue={`${project.name} ${project.customerName}`}
          className={classNames(itemLook, 'h-9!')}
        >
          <Picture
            src={project.confirmedActive?.thumbnailUrl ?? null}
            name={project.confirmedActive?.name ?? project.name}
            className="size-7 shrink-0 rounded-sm"
          />
          <span className="min-w-0 flex-1 truncate">{project.name}</span>
          <span className="truncate text-sm text-ink-faint">
            {openedFilesTexts.described(project.customerName, id === openUuid)}
          </span>
        </MenuItem>
      )}
    </Menu>
  );
}

function Question({ files, choices, openUuid }: ChoicesProps & { readonly files: readonly OpenedFile[] }) {
  const [only] = files;
  const isOne = files.length === 1 && only !== undefined;
  const help = isOne ? openedFilesTexts.chooseForOne : openedFilesTexts.choose;
  return (
    <Dialog className="flex flex-col">
      <div className="flex flex-col gap-1 p-4 pb-3">
        <Heading slot="title" className="line-clamp-3 text-lg font-semibold wrap-anywhere">
          {isOne ? openedFilesTexts.add(only.fileName) : openedFilesTexts.addSeveral(files.length)}
        </Heading>
        <FileNames files={files} />
        <p className="text-ink-soft">{choices.length > 0 ? help : openedFilesTexts.nowhere}</p>
      </div>
      {choices.length > 0 ? (
        <div className="border-t border-line">
          <SearchableList label={openedFilesTexts.search} placeholder={openedFilesTexts.search}>
            <Choices choices={choices} openUuid={openUuid} />
          </SearchableList>
        </div>
      ) : null}
      <footer className="flex justify-end border-t border-line px-4 py-2.5">
        <Button onPress={() => start(discardOpenedFiles())}>{openedFilesTexts.dontAdd}</Button>
      </footer>
    </Dialog>
  );
}

/**
 * Asks for the project of files that were opened from the system. They are never added without this
 * choice, not even to the project that is open.
 */
export function ChooseProject({ user }: { readonly user: SignedInUser }) {
  const files = useOpening((state) => state.files);
  const projects = useLibrary((state) => state.projects);
  const hasSynced = useSession((state) => state.session?.syncedAt != null);
  const openUuid = useView(openProjectUuid);
  // Before the first sync there are no projects yet.
  const isOpen = files.length > 0 && projects !== null && (projects.length > 0 || hasSynced);
  return (
    <ModalCard
      isOpen={isOpen}
      onClose={() => start(discardOpenedFiles())}
      isDismissable={false}
      className="w-[28rem] overflow-hidden"
    >
      {isOpen ? (
        <Question files={files} choices={projectChoices(projects, user, openUuid)} openUuid={openUuid} />
      ) : null}
    </ModalCard>
  );
}
