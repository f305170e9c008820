import {
  formatGabinetLink,
  formatLinkHash,
  type LinkTarget,
  readLinkHash,
} from '../../../shared/domain/gabinet-link.ts';
import { getBridge } from '../../bridge/bridge.ts';
import { useSession } from '../account/session-store.ts';
import { loadProjects, useLibrary } from '../library/library-store.ts';
import { showFailure, showNotice, start } from '../notices/notices.ts';
import { useOpening } from '../uploads/opening-store.ts';
import { openingTexts } from '../uploads/opening-texts.en.ts';
import { openDetails, openProject, openProjectUuid, selectAvatar, useView } from './view-store.ts';

// A link never does anything but show: it opens a project and selects an avatar.

/** Whether the library says what the account may see: before the first sync it knows nothing. */
function canShowLinks(): boolean {
  const { session } = useSession.getState();
  return session?.user != null && session.syncedAt !== null && useLibrary.getState().projects !== null;
}

/** Shows the link that waits, as soon as that is possible. Call it after every change. */
export function showWaitingLink(): void {
  const { hasLink, pageLink } = useOpening.getState();
  if (!(hasLink || pageLink) || !canShowLinks()) return;
  useOpening.setState({ hasLink: false, pageLink: null });
  if (pageLink) {
    clearPageHash();
    start(showTarget(pageLink));
  }
  if (hasLink) start(takeAndShow());
}

/** Goes up with every link: an older one may still wait for the server, and must not overtake a newer one. */
let latestLink = 0;

async function takeAndShow(): Promise<void> {
  const target = await getBridge().opening.takeLink();
  if (target) await showTarget(target);
}

async function showTarget({ projectUuid, avatarUuid }: LinkTarget): Promise<void> {
  latestLink += 1;
  const link = latestLink;
  const project = await inLibrary(() => findProject(projectUuid));
  if (link !== latestLink) return;
  if (!project) return showNotFound(openingTexts.projectNotFound, openingTexts.askSender);
  await loadProjects();
  if (link !== latestLink) return;
  openProject(projectUuid);
  if (avatarUuid === null) return;
  const avatar = await inLibrary(() => findAvatar(projectUuid, avatarUuid));
  if (link !== latestLink || openProjectUuid(useView.getState()) !== projectUuid) return;
  if (!avatar) return showNotFound(openingTexts.avatarNotFound(project.name), openingTexts.maybeTrashed);
  selectAvatar(avatar.avatarUuid);
  openDetails('details');
}

async function findProject(projectUuid: string) {
  const projects = await getBridge().library.projects();
  return projects.ok ? projects.value.find(({ uuid }) => uuid === projectUuid) : undefined;
}

async function findAvatar(projectUuid: string, avatarUuid: string) {
  const avatars = await getBridge().library.avatars({ projectUuid });
  return avatars.ok ? avatars.value.find((avatar) => avatar.avatarUuid === avatarUuid) : undefined;
}

/** What is not here may be newer than the last sync: asks the server once. Offline that changes nothing. */
async function inLibrary<Found>(find: () => Promise<Found | undefined>): Promise<Found | undefined> {
  const found = await find();
  if (found !== undefined) return found;
  await getBridge().library.refresh();
  return find();
}

function showNotFound(detail: string, hint: string): void {
  showNotice({ tone: 'problem', title: openingTexts.linkNotFound, detail, hint });
}

/** In the browser shell the address of the page can be a link; it stays there until it is shown. */
export function followPageHash(): void {
  if (getBridge().shell !== 'browser') return;
  const read = (): void => {
    const { hash } = globalThis.location;
    if (hash === '') return;
    const pageLink = readLinkHash(hash);
    useOpening.setState({ pageLink });
    if (pageLink) return;
    clearPageHash();
    showFailure({ code: 'not_a_gabinet_link' });
  };
  globalThis.addEventListener('hashchange', read);
  read();
}

function clearPageHash(): void {
  globalThis.history.replaceState(null, '', globalThis.location.pathname);
}

/** The link that opens in this shell: the browser shell's leads to its own page. */
function linkTo(target: LinkTarget): string {
  if (getBridge().shell === 'electron') return formatGabinetLink(target);
  return new URL(formatLinkHash(target), globalThis.location.origin).href;
}

/** `copy` puts text on the clipboard and returns whether that worked. */
export async function copyLink(target: LinkTarget, copy: (text: string) => Promise<boolean>): Promise<void> {
  const link = linkTo(target);
  if (await copy(link)) showNotice({ tone: 'plain', title: openingTexts.linkCopied });
  else showNotice({ tone: 'problem', title: openingTexts.linkNotCopied, detail: link });
}
