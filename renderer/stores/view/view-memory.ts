import { z } from 'zod';
import { avatarUuidSchema, versionUuidSchema } from '../../../shared/domain/ids.ts';
import { inThisWindow } from '../settings/browser-storage.ts';

const pageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('project'), projectUuid: z.string() }),
  z.object({ kind: z.literal('trash') }),
  z.object({ kind: z.literal('audit') }),
]);
const rememberedSchema = z.object({
  userUuid: z.string(),
  page: pageSchema,
  selectedAvatarUuid: avatarUuidSchema.nullable(),
  selectedVersionUuid: versionUuidSchema.nullable(),
  isDetailsOpen: z.boolean(),
  detailsTab: z.enum(['details', 'versions', 'findings', 'activity']),
});

type RememberedPage = z.infer<typeof pageSchema>;

/** The page and the selection of this window. They survive a crash of the page and a reload, not the window. */
export type RememberedView = z.infer<typeof rememberedSchema>;

const VIEW_KEY = 'view';
const BROKEN_PAGE_KEY = 'brokenPage';

export function rememberView(view: RememberedView): void {
  inThisWindow.writeValue(VIEW_KEY, view);
  const isSound = view.selectedAvatarUuid !== null || !isBrokenPage(view.page);
  if (isSound) inThisWindow.remove(BROKEN_PAGE_KEY);
}

/** Null if nothing is remembered, or another user's view. */
export function recallView(userUuid: string): RememberedView | null {
  const view = inThisWindow.readValue(VIEW_KEY, rememberedSchema);
  return view?.userUuid === userUuid ? view : null;
}

export interface Reopening {
  /** Those that the sidebar lists: of another customer than the chosen one, none. */
  readonly shownProjects: readonly string[];
  readonly isAdmin: boolean;
}

/** Whether a remembered page still exists, and belongs to what was chosen since. */
export function canReopen(page: RememberedPage, { shownProjects, isAdmin }: Reopening): boolean {
  if (page.kind === 'project') return shownProjects.includes(page.projectUuid);
  return page.kind !== 'audit' || isAdmin;
}

export function forgetRememberedView(): void {
  inThisWindow.remove(VIEW_KEY);
}

export function markBrokenPage(page: RememberedPage): void {
  inThisWindow.writeValue(BROKEN_PAGE_KEY, page);
}

/** Whether this page could not be drawn, and nobody has opened another or selected something since. */
export function isBrokenPage(page: RememberedPage): boolean {
  const broken = inThisWindow.readValue(BROKEN_PAGE_KEY, pageSchema);
  if (broken?.kind === 'project' && page.kind === 'project') return broken.projectUuid === page.projectUuid;
  return broken?.kind === page.kind;
}
