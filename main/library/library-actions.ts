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

/** What people do to avatars. Each is kept in the outbox and on the screen when this answers, with or without a server. */
export interface LibraryActions {
  activate(request: ActivationRequest): Outcome<z.infer<typeof activationOutcomeSchema>>;
  edit(versionUuid: VersionUuid, fields: EditedFields): Outcome<VersionView>;
  moveToTrash(versionUuid: VersionUuid, scope: 'version' | 'avatar'): Outcome<TrashOutcome>;
  /** Takes versions back; makes `activateUuid` live again if nothing else is, here and when it comes to the server. */
  restore(versionUuids: readonly VersionUuid[], activateUuid: VersionUuid | null): Outcome<Restored>;
}

export interface LibraryActionsOptions {
  readonly outbox: Pick<Outbox, 'record'>;
  readonly reads: Pick<LibraryReads, 'version'>;
  /** Name of who is signed in, as the server will show it. */
  readonly actor: string;
  role(): UserRole;
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
