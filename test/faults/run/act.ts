import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { AvatarView, VersionView } from '../../../shared/contract/library.ts';
import type { StagedFile, UploadTarget } from '../../../shared/contract/transfers.ts';
import { assertNever } from '../../../shared/lib/assert-never.ts';
import type { ClientMachine } from '../processes/client-machine.ts';
import { listed } from './listed.ts';
import { makeFile } from './make-file.ts';
import type { RunWorld } from './run-world.ts';
import type { Action } from './schedule.ts';

export interface Acting {
  readonly seed: number;
  readonly world: RunWorld;
  readonly client: ClientMachine;
}

const LOOK_INTERVAL_MS = 15;
/** A file of a hundred kilobytes is checked in milliseconds; the machine may be very busy. */
const CHECK_LIMIT_MS = 30_000;

/**
 * Does what a person would do with the current screen. Returns the result in a few words for the
 * trace.
 */
export async function act({ seed, world, client }: Acting, action: Action): Promise<string> {
  switch (action.kind) {
    case 'upload':
      return upload({ seed, world, client }, action);
    case 'activate':
      return activate({ seed, world, client }, action);
    case 'edit': {
      const version = choose(await versions(client, world), action.pick);
      if (version === null) return 'nothing to edit';
      const { tags, ...fields } = action.fields;
      const input = { versionUuid: version.uuid, ...fields, ...(tags !== undefined && { tags: [...tags] }) };
      return outcome(await client.api.library.edit(input));
    }
    case 'trash': {
      const version = choose(await versions(client, world), action.pick);
      if (version === null) return 'nothing to delete';
      return outcome(await client.api.library.moveToTrash({ versionUuid: version.uuid, scope: action.scope }));
    }
    case 'restore': {
      const version = choose(
        listed(await client.api.library.trash()).flatMap((avatar) => avatar.versions),
        action.pick,
      );
      if (version === null) return 'the trash is empty';
      const activateUuid = action.isLive ? version.uuid : null;
      return outcome(await client.api.library.restore({ versionUuids: [version.uuid], activateUuid }));
    }
    case 'download': {
      const version = choose(await versions(client, world), action.pick);
      if (version === null) return 'nothing to download';
      return outcome(await client.api.downloads.start({ versionUuid: version.uuid }));
    }
    case 'resolve':
      return resolve(client, action);
    case 'cancel':
    case 'pause':
    case 'resume':
    case 'retry': {
      const transfer = choose(listed(await client.api.transfers.list()), action.pick);
      if (transfer === null) return 'no transfer';
      await client.api.transfers[action.kind]({ id: transfer.id });
      return `${transfer.fileName} (${transfer.state})`;
    }
    case 'refresh':
      return outcome(await client.api.library.refresh());
    default:
      return assertNever(action);
  }
}

function choose<Item>(items: readonly Item[], pick: number): Item | null {
  return items[pick % items.length] ?? null;
}

/** Everything outside the trash, project by project. */
async function versions(client: ClientMachine, world: RunWorld): Promise<VersionView[]> {
  const avatars: AvatarView[] = [];
  for (const { uuid } of world.projects)
    avatars.push(...listed(await client.api.library.avatars({ projectUuid: uuid })));
  return avatars.flatMap((avatar) => avatar.versions);
}

function outcome(answer: { readonly ok: boolean; readonly failure?: { readonly code: string } }): string {
  return answer.ok ? 'ok' : `refused: ${answer.failure?.code ?? ''}`;
}

/**
 * Decides about parked operations: retries them or keeps the own value (mine), or drops them
 * (theirs).
 */
async function resolve(client: ClientMachine, { pick, choice }: Extract<Action, { kind: 'resolve' }>): Promise<string> {
  const parked = listed(await client.api.operations.list()).filter(
    ({ state }) => state === 'conflict' || state === 'refused',
  );
  const operation = choose(parked, pick);
  if (operation === null) return 'nothing is asked';
  const ids = [operation.id];
  const answer =
    operation.state === 'conflict'
      ? await client.api.operations.resolve({ ids, choice })
      : await client.api.operations[choice === 'mine' ? 'retry' : 'drop']({ ids });
  return `${choice} for a ${operation.kind} that was ${operation.state}: ${outcome(answer)}`;
}

async function activate({ world, client }: Acting, action: Extract<Action, { kind: 'activate' }>): Promise<string> {
  const projectUuid = world.projects[action.project]?.uuid ?? '';
  const project = listed(await client.api.library.projects()).find(({ uuid }) => uuid === projectUuid);
  if (project === undefined) return 'no project yet';
  const expectedActiveUuid = project.active?.versionUuid ?? null;
  const avatars = listed(await client.api.library.avatars({ projectUuid }));
  const version = choose(
    avatars.flatMap((avatar) => avatar.versions),
    action.pick,
  );
  const versionUuid = action.isNone ? null : (version?.uuid ?? null);
  const answer = await client.api.library.activate({ projectUuid, versionUuid, expectedActiveUuid });
  return answer.ok ? answer.value.kind : `refused: ${answer.failure.code}`;
}

async function upload({ seed, world, client }: Acting, action: Extract<Action, { kind: 'upload' }>): Promise<string> {
  const projectUuid = world.projects[action.project]?.uuid ?? '';
  const folder = join(client.tenancy.folder, 'desk');
  await mkdir(folder, { recursive: true });
  const paths: string[] = [];
  for (const choice of action.files) {
    const { name, bytes } = makeFile(seed, choice);
    // A folder each: two revisions of a file have the same name.
    const path = join(folder, `${choice.family}-${choice.revision}`, name);
    await mkdir(join(path, '..'), { recursive: true });
    await writeFile(path, bytes);
    paths.push(path);
  }
  await client.stage(projectUuid, paths);
  const staged = await checked(client, projectUuid);
  const ready = staged.filter((file) => file.state === 'ready' && file.suggestion?.kind !== 'duplicate');
  const project = listed(await client.api.library.projects()).find(({ uuid }) => uuid === projectUuid);
  const activated = action.activate ? ready.findLast((file) => file.activatable) : undefined;
  const items = ready.map((file) => ({
    stageId: file.stageId,
    target: target(file, action.asNew),
    ...(file === activated && { activate: true, activateOver: project?.active?.versionUuid }),
  }));
  const answer = items.length === 0 ? null : await client.api.uploads.confirm({ projectUuid, items });
  const left = staged.filter((file) => !ready.includes(file)).map((file) => file.stageId);
  if (left.length > 0) await client.api.uploads.discard({ stageIds: left });
  return answer === null ? 'nothing to send' : outcome(answer);
}

async function checked(client: ClientMachine, projectUuid: string): Promise<readonly StagedFile[]> {
  const deadline = performance.now() + CHECK_LIMIT_MS;
  for (;;) {
    const staged = listed(await client.api.uploads.staged({ projectUuid }));
    if (staged.every((file) => file.state !== 'inspecting')) return staged;
    if (performance.now() > deadline) throw new Error('a dropped file is still being checked after half a minute');
    await delay(LOOK_INTERVAL_MS);
  }
}

function target({ suggestion, manifest, fileName }: StagedFile, asNew: boolean): UploadTarget {
  return suggestion?.kind === 'version' && !asNew
    ? { kind: 'version', avatarUuid: suggestion.avatarUuid }
    : { kind: 'new', name: manifest?.name ?? fileName, tags: manifest?.tags ?? [] };
}
