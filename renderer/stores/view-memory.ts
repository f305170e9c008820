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

/** The page and the selection of this window. They survive a crash of the page and a reload, not the window. */
export type RememberedView = z.infer<typeof rememberedSchema>;

const KEY = 'gabinet.view';

function storage(): Storage | null {
  // Does not exist in tests under Node, and some privacy settings refuse access.
  try {
    return globalThis.sessionStorage ?? null;
  } catch {
    return null;
  }
}

export function rememberView(view: RememberedView): void {
  storage()?.setItem(KEY, JSON.stringify(view));
}

/** Null if nothing is remembered, or another user's view. */
export function recallView(userUuid: string): RememberedView | null {
  const parsed = rememberedSchema.safeParse(parse(storage()?.getItem(KEY) ?? 'null'));
  return parsed.success && parsed.data.userUuid === userUuid ? parsed.data : null;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
