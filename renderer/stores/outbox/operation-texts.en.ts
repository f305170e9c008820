import { plural } from '../../../shared/lib/plural.ts';
import { sentence } from '../../../shared/lib/sentence.ts';

const fields = { name: 'name', tags: 'tags', description: 'description' } as const;
const listFormat = new Intl.ListFormat('en', { type: 'conjunction' });

export const operationTexts = {
  missingAvatar: 'a deleted avatar',
  fields,
  fieldLabels: { name: 'Name', tags: 'Tags', description: 'Description' },
  emptyField: 'none',

  makeLive: (version: string) => sentence`Make ${version} live`,
  takeOffline: 'Take the live avatar offline',
  edit: (editedFields: readonly (keyof typeof fields)[], version: string) =>
    sentence`Change the ${listFormat.format(editedFields.map((field) => fields[field]))} of ${version}`,
  moveToTrash: (version: string) => sentence`Move ${version} to the trash`,
  restore: (version: string) => sentence`Restore ${version}`,

  pending: 'Pending',
  sending: 'Sending',
  refused: 'Refused',
  conflict: 'Conflict',

  pendingCount: (count: number) => sentence`${plural(count, 'change', 'changes')} pending`,
  refusedCount: (count: number) => plural(count, 'change needs your attention', 'changes need your attention'),
  conflictCount: (count: number) => plural(count, 'conflict', 'conflicts'),
  changes: (count: number) => plural(count, 'change', 'changes'),
  uploads: (count: number) => plural(count, 'upload', 'uploads'),
  pendingParts: (parts: readonly string[]) => sentence`${listFormat.format(parts)} pending.`,

  operationRefused: (operation: string, reason: string | null) => sentence`${operation}: ${reason ?? 'refused'}`,
  activeChangedByOther: 'Someone else changed the live avatar in the meantime. Choose which one to keep.',
  editedByOther: (version: string) =>
    sentence`Someone else edited ${version} in the meantime. Choose which changes to keep.`,
  operationDone: (operation: string) => sentence`${operation}: done`,
  isLive: (version: string) => sentence`${version} is live`,
  nothingLive: 'Nothing is live',
  arrived: (count: number) => sentence`${count} changes are on the server`,
} as const;
