import type { z } from 'zod';
import type { Failure } from '../../shared/contract/failure.ts';
import type { activationOutcomeSchema, trashOutcomeSchema, VersionView } from '../../shared/contract/library.ts';
import type { EditedFields } from '../../shared/contract/operations.ts';
import type { AccessAction } from '../../shared/domain/access-policy.ts';
import type { VersionUuid } from '../../shared/domain/ids.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import { decisionTime } from '../db/decision-time.ts';
import type { Readers } from '../db/local-database.ts';
import type { MayDo } from '../db/may-do.ts';
import type { Outbox, Recorded } from '../outbox/outbox.ts';
import {
  type ActivationRequest,
  decideActivation,
  decideDeletion,
  decideEdit,
  decideRestoration,
  type RestorationRequest,
  type Restored,
} from './decide-actions.ts';
import type { LibraryReads } from './library-reads.ts';

type TrashOutcome = z.infer<typeof trashOutcomeSchema>;
type Outcome<Value> = Result<Value, Failure>;

/**
 * People's actions on avatars. When a function returns, its operation is in the outbox and visible
 * on screen, even offline.
 */
export interface LibraryActions {
  activate(request: ActivationRequest): Outcome<z.infer<typeof activationOutcomeSchema>>;
  edit(versionUuid: VersionUuid, fields: EditedFields): Outcome<VersionView>;
  moveToTrash(versionUuid: VersionUuid, scope: 'version' | 'avatar'): Outcome<TrashOutcome>;
  /**
   * Restores versions. Activates `activateUuid` again if no other version is active, here and on
   * the server.
   */
  restore(versionUuids: readonly VersionUuid[], activateUuid: VersionUuid | null): Outcome<Restored>;
}

export interface LibraryActionsOptions {
  readonly outbox: Pick<Outbox, 'record'>;
  readonly reads: Pick<LibraryReads, 'version'>;
  /** Name of the signed-in user, as the server will show it. */
  readonly actor: () => string;
  readonly mayDo: MayDo;
}

export function createLibraryActions(options: LibraryActionsOptions): LibraryActions {
  return {
    activate: (request) =>
      record(options, {
        action: 'activate',
        projectsIn: () => [request.projectUuid],
        decide: (read, author) => decideActivation({ read, ...author }, request),
      }),
    edit: (versionUuid, fields) => {
      const edited = record(options, {
        action: 'edit',
        projectsIn: projectsOf([versionUuid]),
        decide: (read, author) => decideEdit({ read, ...author }, versionUuid, fields),
      });
      return edited.ok ? ok(options.reads.version(edited.value)) : edited;
    },
    moveToTrash: (versionUuid, scope) =>
      record(options, {
        action: 'delete',
        projectsIn: projectsOf([versionUuid]),
        decide: (read, author) => decideDeletion({ read, ...author }, { versionUuid, scope }),
      }),
    restore: (versionUuids, activateUuid) => {
      const request: RestorationRequest = { versionUuids, activateUuid };
      return record(options, {
        action: 'restore',
        projectsIn: projectsOf(versionUuids),
        decide: (read, author) => decideRestoration({ read, ...author }, request),
      });
    },
  };
}

interface Author {
  readonly by: string;
  readonly createdAt: string;
}

interface Recording<Value> {
  readonly action: AccessAction;
  /** The projects in which the user needs the permission. */
  readonly projectsIn: (read: Readers) => readonly string[];
  readonly decide: (read: Readers, author: Author) => Outcome<Recorded<Value>>;
}

/** The projects of those versions that are in the library. */
function projectsOf(versionUuids: readonly VersionUuid[]): (read: Readers) => readonly string[] {
  return (read) => versionUuids.flatMap((uuid) => read.versions.find(uuid)?.projectUuid ?? []);
}

function record<Value>(
  { outbox, actor, mayDo }: LibraryActionsOptions,
  { action, projectsIn, decide }: Recording<Value>,
): Outcome<Value> {
  return outbox.record((read) => {
    const isAllowed = projectsIn(read).every((projectUuid) => mayDo(action, projectUuid));
    const author = { by: actor(), createdAt: decisionTime(read) };
    return isAllowed ? decide(read, author) : fail({ code: 'read_only', action: 'change' });
  });
}
