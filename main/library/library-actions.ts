import type { z } from 'zod';
import type { UserRole } from '../../shared/api/auth.ts';
import type { Failure } from '../../shared/contract/failure.ts';
import type { activationOutcomeSchema, trashOutcomeSchema, VersionView } from '../../shared/contract/library.ts';
import type { EditedFields } from '../../shared/contract/operations.ts';
import type { VersionUuid } from '../../shared/domain/ids.ts';
import { fail, ok, type Result } from '../../shared/lib/result.ts';
import type { Readers } from '../db/local-database.ts';
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
  readonly actor: string;
  readonly role: () => UserRole;
}

export function createLibraryActions(options: LibraryActionsOptions): LibraryActions {
  const keep = <Value>(decide: (read: Readers, author: Author) => Outcome<Recorded<Value>>) => record(options, decide);
  return {
    activate: (request) => keep((read, author) => decideActivation({ read, ...author }, request)),
    edit: (versionUuid, fields) => {
      const edited = keep((read, author) => decideEdit({ read, ...author }, versionUuid, fields));
      return edited.ok ? ok(options.reads.version(edited.value)) : edited;
    },
    moveToTrash: (versionUuid, scope) =>
      keep((read, author) => decideDeletion({ read, ...author }, { versionUuid, scope })),
    restore: (versionUuids, activateUuid) => {
      const request: RestorationRequest = { versionUuids, activateUuid };
      return keep((read, author) => decideRestoration({ read, ...author }, request));
    },
  };
}

interface Author {
  readonly by: string;
  readonly createdAt: string;
}

function record<Value>(
  { outbox, actor, role }: LibraryActionsOptions,
  decide: (read: Readers, author: Author) => Outcome<Recorded<Value>>,
): Outcome<Value> {
  if (role() === 'viewer') return fail({ code: 'read_only', action: 'change' });
  const author = { by: actor, createdAt: new Date().toISOString() };
  return outbox.record((read) => decide(read, author));
}
