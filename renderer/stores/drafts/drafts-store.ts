import { create } from 'zustand';
import type { AvatarView } from '../../../shared/contract/library.ts';
import type { AvatarUuid } from '../../../shared/domain/ids.ts';
import { tagsOf } from '../library/avatar-rules.ts';
import { editAvatar } from '../library/library-actions.ts';
import { useLibrary } from '../library/library-store.ts';
import { showNotice, start } from '../notices/notices.ts';
import { offerUndo } from '../outbox/undo-store.ts';
import { onThisComputer } from '../settings/browser-storage.ts';
import { currentSelection, type Selection } from '../view/selection.ts';
import {
  addTypedTags,
  type DraftedFields,
  draftConflicts,
  draftProblem,
  editDraft,
  editsOf,
  orphanChanges,
  settleDraft,
  withoutOldOrphans,
} from './draft-rules.ts';
import { type Draft, type Drafts, draftsSchema } from './draft-schema.ts';
import { draftTexts } from './draft-texts.en.ts';

interface DraftsSlice {
  /** Whose drafts these are; null while nobody is signed in. */
  readonly userUuid: string | null;
  readonly drafts: Drafts;
  /** False once this computer had no space for them. */
  readonly areKept: boolean;
  /** The avatars whose draft is being saved. */
  readonly saving: ReadonlySet<AvatarUuid>;
}

const NOTHING: DraftsSlice = { userUuid: null, drafts: {}, areKept: true, saving: new Set() };

export const useDrafts = create<DraftsSlice>(() => NOTHING);

// They are kept on this computer per account, so they survive a reload, a restart and a sign-out.
const keyOf = (userUuid: string): string => `drafts.${userUuid}`;

const stored = (userUuid: string): Drafts => onThisComputer.readValue(keyOf(userUuid), draftsSchema) ?? {};

/** After somebody signed in. Forgets the drafts of the previous user on the screen, not those stored. */
export function loadDrafts(userUuid: string | null): void {
  const drafts = userUuid === null ? {} : withoutOldOrphans(stored(userUuid), Date.now());
  useDrafts.setState({ ...NOTHING, userUuid, drafts });
}

/** Stores one draft beside those that another window has stored. Null removes it. */
function putDraft(avatarUuid: AvatarUuid, draft: Draft | null): void {
  const { userUuid, drafts } = useDrafts.getState();
  const put = ({ [avatarUuid]: _before, ...others }: Drafts): Drafts =>
    draft ? { ...others, [avatarUuid]: draft } : others;
  useDrafts.setState({ drafts: put(drafts) });
  if (userUuid !== null) noteKept(onThisComputer.writeValue(keyOf(userUuid), put(stored(userUuid))));
}

/** Said once, not at every key: the drafts are on the screen, but a reload would lose them. */
function noteKept(isKept: boolean): void {
  const wereKept = useDrafts.getState().areKept;
  if (isKept === wereKept) return;
  useDrafts.setState({ areKept: isKept });
  if (!isKept) showNotice({ tone: 'problem', title: draftTexts.notKept, detail: draftTexts.saveBeforeClosing });
}

export function draftOf(avatarUuid: AvatarUuid): Draft | null {
  return useDrafts.getState().drafts[avatarUuid] ?? null;
}

export function useDraft(avatarUuid: AvatarUuid): Draft | null {
  return useDrafts((state) => state.drafts[avatarUuid] ?? null);
}

export function changeDraft({ avatar, version }: Selection, patch: Partial<DraftedFields>): void {
  const context = { avatar, version, nowIso: new Date().toISOString() };
  putDraft(avatar.avatarUuid, editDraft(draftOf(avatar.avatarUuid), context, patch));
}

/** The tags of the other avatars of the project, the most used first. */
export function knownTags({ avatarUuid, projectUuid }: Pick<AvatarView, 'avatarUuid' | 'projectUuid'>): string[] {
  const avatars = useLibrary.getState().avatarsByProject[projectUuid] ?? [];
  return tagsOf(avatars.filter((avatar) => avatar.avatarUuid !== avatarUuid)).map(({ tag }) => tag);
}

/** Adds the tags that are typed in the field. */
export function addTypedTagsOf(avatar: AvatarView): void {
  const draft = draftOf(avatar.avatarUuid);
  if (draft) putDraft(avatar.avatarUuid, addTypedTags(draft, avatar, knownTags(avatar)));
}

export function discardDraft(avatar: AvatarView): void {
  const draft = draftOf(avatar.avatarUuid);
  if (!draft) return;
  putDraft(avatar.avatarUuid, null);
  offerUndo(draftTexts.discarded(avatar.name), async () => putDraft(avatar.avatarUuid, draft));
}

/** The person has chosen what to do with what others have changed since. */
export function settleDraftOf(avatar: AvatarView, choice: 'theirs' | 'mine'): void {
  const draft = draftOf(avatar.avatarUuid);
  if (draft) putDraft(avatar.avatarUuid, settleDraft(draft, avatar, choice));
}

function setSaving(avatarUuid: AvatarUuid, isSaving: boolean): void {
  const saving = new Set(useDrafts.getState().saving);
  if (isSaving) saving.add(avatarUuid);
  else saving.delete(avatarUuid);
  useDrafts.setState({ saving });
}

/**
 * Saves everything that was edited. What could not be saved stays in the draft, and so does what is
 * typed in the meantime. Does nothing while the draft has a problem or a conflict, which the details
 * pane shows.
 */
export async function saveDraft(avatar: AvatarView): Promise<void> {
  const { avatarUuid } = avatar;
  const before = draftOf(avatarUuid);
  if (!before || useDrafts.getState().saving.has(avatarUuid)) return;
  if (draftProblem(before, avatar) || draftConflicts(before, avatar).length > 0) return;
  addTypedTagsOf(avatar);
  const draft = draftOf(avatarUuid);
  if (!draft) return;
  setSaving(avatarUuid, true);
  try {
    for (const edit of editsOf(draft, avatar)) if (!(await editAvatar(edit))) return;
    if (draftOf(avatarUuid) === draft) putDraft(avatarUuid, null);
  } finally {
    setSaving(avatarUuid, false);
  }
}

/** For the shortcut. */
export function saveSelectedDraft(): void {
  const selection = currentSelection();
  if (selection && draftOf(selection.avatar.avatarUuid)) start(saveDraft(selection.avatar));
  else showNotice({ tone: 'plain', title: draftTexts.nothingToSave });
}

/** Says once that the avatar of a draft is gone. A restored avatar has its draft again. */
export function followDraftedAvatars(): void {
  const { projects, avatarsByProject } = useLibrary.getState();
  if (!projects) return;
  const projectUuids = new Set(projects.map(({ uuid }) => uuid));
  for (const draft of orphanChanges(useDrafts.getState().drafts, projectUuids, avatarsByProject)) {
    putDraft(draft.avatarUuid, draft);
    if (draft.isOrphaned) notifyGone(draft);
  }
}

function notifyGone({ avatarUuid, avatarName }: Draft): void {
  showNotice({
    tone: 'plain',
    title: draftTexts.avatarGone(avatarName),
    detail: draftTexts.keptIfRestored,
    action: { label: draftTexts.discardThem, run: () => putDraft(avatarUuid, null) },
  });
}
