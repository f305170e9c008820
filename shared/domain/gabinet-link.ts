import { type AvatarUuid, avatarUuidSchema, uuidSchema } from './ids.ts';

/** The scheme of links that open in the desktop application; lower case, without the colon. */
export const LINK_SCHEME = 'gabinet';

/** What a link shows: a project, or one avatar in it. A link names no server and no account. */
export interface LinkTarget {
  readonly projectUuid: string;
  readonly avatarUuid: AvatarUuid | null;
}

/** `project/{uuid}` or `project/{uuid}/avatar/{uuid}`: the part that both kinds of link share. */
const TARGET = /^project\/([0-9a-f-]{36})(?:\/avatar\/([0-9a-f-]{36}))?$/;
const LINK_START = `${LINK_SCHEME}://`;
const HASH_START = '#/';

function pathOf({ projectUuid, avatarUuid }: LinkTarget): string {
  return avatarUuid === null ? `project/${projectUuid}` : `project/${projectUuid}/avatar/${avatarUuid}`;
}

function readTarget(path: string): LinkTarget | null {
  const [, project, avatar] = TARGET.exec(path) ?? [];
  const projectUuid = uuidSchema.safeParse(project);
  if (!projectUuid.success) return null;
  if (avatar === undefined) return { projectUuid: projectUuid.data, avatarUuid: null };
  const avatarUuid = avatarUuidSchema.safeParse(avatar);
  return avatarUuid.success ? { projectUuid: projectUuid.data, avatarUuid: avatarUuid.data } : null;
}

/** `gabinet://project/{uuid}` or `gabinet://project/{uuid}/avatar/{uuid}`. */
export function formatGabinetLink(target: LinkTarget): string {
  return LINK_START + pathOf(target);
}

/** The same as the fragment of a page's address, for the browser shell: `#/project/{uuid}`. */
export function formatLinkHash(target: LinkTarget): string {
  return HASH_START + pathOf(target);
}

/** Whether a text claims to be a link, valid or not. Systems pass schemes in any case. */
export function isGabinetLink(text: string): boolean {
  return text.slice(0, LINK_SCHEME.length + 1).toLowerCase() === `${LINK_SCHEME}:`;
}

/**
 * Reads a link. Threat: any web page can open one, so nothing but lower-case UUIDs in their two
 * places is accepted: no query, no fragment, no other case, no trailing slash. Returns null for
 * everything else.
 */
export function readGabinetLink(text: string): LinkTarget | null {
  return text.startsWith(LINK_START) ? readTarget(text.slice(LINK_START.length)) : null;
}

/** Reads the fragment of a page's address, as strictly. Returns null if it is not a link. */
export function readLinkHash(hash: string): LinkTarget | null {
  return hash.startsWith(HASH_START) ? readTarget(hash.slice(HASH_START.length)) : null;
}
