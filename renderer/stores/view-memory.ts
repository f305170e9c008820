import { z } from 'zod';
import { avatarUuidSchema, versionUuidSchema } from '../../shared/domain/ids.ts';

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
  detailsTab: z.enum(['details', 'versions', 'findings']),
});

type RememberedPage = z.infer<typeof pageSchema>;

/** The page and the selection of this window. They survive a crash of the page and a reload, not the window. */
export type RememberedView = z.infer<typeof rememberedSchema>;

const VIEW_KEY = 'gabinet.view';
const BROKEN_PAGE_KEY = 'gabinet.brokenPage';

function storage(): Storage | null {
  // Does not exist in tests under Node, and some privacy settings refuse access.
  try {
    return globalThis.sessionStorage ?? null;
  } catch {
    return null;
  }
}

export function rememberView(view: RememberedView): void {
  storage()?.setItem(VIEW_KEY, JSON.stringify(view));
  const isSound = view.selectedAvatarUuid !== null || !isBrokenPage(view.page);
  if (isSound) storage()?.removeItem(BROKEN_PAGE_KEY);
}

/** Null if nothing is remembered, or another user's view. */
export function recallView(userUuid: string): RememberedView | null {
  const view = read(VIEW_KEY, rememberedSchema);
  return view?.userUuid === userUuid ? view : null;
}

export function forgetRememberedView(): void {
  storage()?.removeItem(VIEW_KEY);
}

export function markBrokenPage(page: RememberedPage): void {
  storage()?.setItem(BROKEN_PAGE_KEY, JSON.stringify(page));
}

/** Whether this page could not be drawn, and nobody has opened another or selected something since. */
export function isBrokenPage(page: RememberedPage): boolean {
  const broken = read(BROKEN_PAGE_KEY, pageSchema);
  if (broken?.kind === 'project' && page.kind === 'project') return broken.projectUuid === page.projectUuid;
  return broken?.kind === page.kind;
}

function read<Value>(key: string, schema: z.ZodType<Value>): Value | null {
  const parsed = schema.safeParse(parse(storage()?.getItem(key) ?? 'null'));
  return parsed.success ? parsed.data : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
