import { assertNever } from '../lib/assert-never.ts';
import { type Activation, type ActivationHow, activatedVersionFrom, withActivation } from './activations.ts';
import type { AvatarUuid, VersionUuid } from './ids.ts';
import type { ActivateIntent, EditIntent, PendingOperation, TrashIntent } from './intents.ts';

/** The part of a version that intents can change. Times are ISO 8601. */
export interface VersionState {
  readonly uuid: VersionUuid;
  readonly avatarUuid: AvatarUuid;
  readonly version: number;
  readonly name: string;
  readonly tags: readonly string[];
  readonly description: string;
  readonly pictureHash: string | null;
  /** When it was moved to the trash; null if it isn't in the trash. */
  readonly deletedAt: string | null;
}

/** The active version of a project. */
export interface ActiveVersion {
  readonly versionUuid: VersionUuid;
  readonly avatarUuid: AvatarUuid;
  readonly name: string;
  readonly version: number;
  readonly pictureHash: string | null;
}

export interface ProjectPointer {
  readonly uuid: string;
  readonly active: ActiveVersion | null;
  readonly activeSetBy: string | null;
  readonly activeSetAt: string | null;
  /** The last ones, newest first. */
  readonly activations: readonly Activation[];
}

export interface LibraryRows<Project extends ProjectPointer, Version extends VersionState> {
  readonly projects: readonly Project[];
  readonly versions: readonly Version[];
}

/**
 * Returns the library as it will be once the server has applied all pending operations: the
 * server's rows with the operations applied in order. Rows keep their order. Operations about rows
 * that are not passed in have no effect, and neither has the activation of a version that is not
 * passed in or is in the trash by then, because the server will refuse it.
 */
export function applyIntents<Project extends ProjectPointer, Version extends VersionState>(
  rows: LibraryRows<Project, Version>,
  operations: readonly PendingOperation[],
): LibraryRows<Project, Version> {
  if (operations.length === 0) return rows;
  const library = new OverlaidLibrary(rows, operations);
  for (const operation of operations) library.apply(operation);
  return library.rows();
}

class OverlaidLibrary<Project extends ProjectPointer, Version extends VersionState> {
  readonly #before: LibraryRows<Project, Version>;
  readonly #projects: Map<string, Project>;
  /** Only versions of avatars that have pending operations; the others don't change. */
  readonly #versions = new Map<VersionUuid, Version>();
  readonly #uuidsByAvatar = new Map<AvatarUuid, VersionUuid[]>();

  constructor(rows: LibraryRows<Project, Version>, operations: readonly PendingOperation[]) {
    this.#before = rows;
    this.#projects = new Map(rows.projects.map((project) => [project.uuid, project]));
    for (const { avatarUuid } of operations) if (avatarUuid !== null) this.#uuidsByAvatar.set(avatarUuid, []);
    for (const version of rows.versions) {
      const uuids = this.#uuidsByAvatar.get(version.avatarUuid);
      if (uuids === undefined) continue;
      uuids.push(version.uuid);
      this.#versions.set(version.uuid, version);
    }
  }

  apply(operation: PendingOperation): void {
    const { intent } = operation;
    switch (intent.kind) {
      case 'activate':
        this.#activate(operation, intent);
        break;
      case 'edit':
        this.#edit(operation, intent);
        break;
      case 'trash':
        this.#trash(operation, intent);
        break;
      case 'restore':
        this.#change(intent.versionUuid, { deletedAt: null });
        break;
      default:
        assertNever(intent);
    }
  }

  rows(): LibraryRows<Project, Version> {
    return {
      projects: this.#before.projects.map((project) => this.#projects.get(project.uuid) ?? project),
      versions: this.#before.versions.map((version) => this.#versions.get(version.uuid) ?? version),
    };
  }

  #activate(operation: PendingOperation, { versionUuid, how }: ActivateIntent): void {
    const version = versionUuid === null ? null : this.#versions.get(versionUuid);
    if (version === undefined || (version !== null && version.deletedAt !== null)) return;
    this.#point(operation, version && activeVersionFrom(version), how);
  }

  #edit({ avatarUuid }: PendingOperation, { versionUuid, fields }: EditIntent): void {
    const { name, tags, description } = fields;
    if (description !== undefined) this.#change(versionUuid, { description });
    if (name === undefined && tags === undefined) return;
    const shared = { ...(name !== undefined && { name }), ...(tags !== undefined && { tags }) };
    for (const uuid of this.#versionsOf(avatarUuid)) this.#change(uuid, shared);
  }

  #trash(operation: PendingOperation, { versionUuid, scope }: TrashIntent): void {
    const { projectUuid, avatarUuid, createdAt } = operation;
    const uuids = scope === 'version' ? [versionUuid] : this.#versionsOf(avatarUuid);
    for (const uuid of uuids) {
      if (this.#versions.get(uuid)?.deletedAt === null) this.#change(uuid, { deletedAt: createdAt });
    }
    const active = this.#projects.get(projectUuid)?.active;
    const takesLive = scope === 'version' ? active?.versionUuid === versionUuid : active?.avatarUuid === avatarUuid;
    if (active && takesLive) this.#point(operation, null, 'trash');
  }

  #versionsOf(avatarUuid: AvatarUuid | null): readonly VersionUuid[] {
    return (avatarUuid === null ? undefined : this.#uuidsByAvatar.get(avatarUuid)) ?? [];
  }

  #change(uuid: VersionUuid, change: Partial<VersionState>): void {
    const version = this.#versions.get(uuid);
    if (version !== undefined) this.#versions.set(uuid, { ...version, ...change });
  }

  #point(operation: PendingOperation, active: ActiveVersion | null, how: ActivationHow): void {
    const { projectUuid, requestKey, by, createdAt } = operation;
    const project = this.#projects.get(projectUuid);
    // The server changes nothing if this version is active already.
    if (project === undefined || project.active?.versionUuid === active?.versionUuid) return;
    // The feed may bring an activation before its operation is removed, perhaps with later ones.
    if (project.activations.some(({ uuid }) => uuid === requestKey)) return;
    const activations = withActivation(project.activations, {
      uuid: requestKey,
      from: project.active && activatedVersionFrom(project.active),
      to: active && activatedVersionFrom(active),
      how,
      by,
      at: createdAt,
      isWaiting: true,
    });
    this.#projects.set(projectUuid, { ...project, active, activeSetBy: by, activeSetAt: createdAt, activations });
  }
}

function activeVersionFrom({ uuid, avatarUuid, name, version, pictureHash }: VersionState): ActiveVersion {
  return { versionUuid: uuid, avatarUuid, name, version, pictureHash };
}
