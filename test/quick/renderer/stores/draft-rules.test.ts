import { describe, expect, test } from 'vitest';
import {
  addTypedTags,
  type DraftedFields,
  draftConflicts,
  draftedFields,
  draftProblem,
  editDraft,
  editsOf,
  orphanChanges,
  settleDraft,
  suggestTags,
  withoutOldOrphans,
} from '../../../../renderer/stores/drafts/draft-rules.ts';
import type { Draft } from '../../../../renderer/stores/drafts/draft-schema.ts';
import { avatarView, versionView } from '../../../support/views.ts';

const NOW = '2026-11-01T10:00:00.000Z';
const [second, first] = [versionView({ version: 2, description: 'Two' }), versionView({ description: 'One' })];
const mara = avatarView({ name: 'Mara', tags: ['formal'], versions: [second, first] });

const edit = (patch: Partial<DraftedFields>, before: Draft | null = null, version = second): Draft | null =>
  editDraft(before, { avatar: mara, version, nowIso: NOW }, patch);

function mustEdit(...args: Parameters<typeof edit>): Draft {
  const draft = edit(...args);
  if (!draft) throw new Error('the edit changed nothing');
  return draft;
}

describe('a draft', () => {
  test('has what was typed, and the rest as it is stored', () => {
    expect(draftedFields(mustEdit({ name: 'Maria' }), mara, second)).toEqual({
      name: 'Maria',
      tags: ['formal'],
      typedTags: '',
      description: 'Two',
    });
  });

  test('ends when everything is as it was', () => {
    const draft = mustEdit({ name: 'Maria' });
    expect(edit({ name: 'Mara' }, draft)).toBeNull();
    expect(edit({ tags: ['formal'] })).toBeNull();
    expect(edit({ description: 'Two' })).toBeNull();
  });

  test('keeps the descriptions of two versions apart', () => {
    const draft = mustEdit({ description: 'Uno' }, mustEdit({ description: 'Due' }), first);
    expect(draftedFields(draft, mara, second).description).toBe('Due');
    expect(draftedFields(draft, mara, first).description).toBe('Uno');
    expect(editsOf({ ...draft, name: { from: 'Mara', to: ' Maria ' } }, mara)).toEqual([
      { versionUuid: second.uuid, name: 'Maria', description: 'Due' },
      { versionUuid: first.uuid, description: 'Uno' },
    ]);
  });

  test('saves name and tags with the newest version', () => {
    expect(editsOf(mustEdit({ tags: [] }), mara)).toEqual([{ versionUuid: second.uuid, tags: [] }]);
  });

  test.each([
    [{ name: ' ' }, { where: 'name', rule: 'empty' }],
    [{ name: 'x'.repeat(81) }, { where: 'name', rule: 'too_long', limit: 80 }],
    [{ typedTags: 'x'.repeat(33) }, { where: 'tags.1', rule: 'too_long', limit: 32 }],
    [{ description: 'bell \u0007' }, { where: 'description', rule: 'control_characters' }],
    [{ name: 'Maria', typedTags: 'winter' }, null],
  ])('with %j has the problem %j', (patch, problem) => {
    expect(draftProblem(mustEdit(patch), mara)).toEqual(problem);
  });
});

describe('typed tags', () => {
  test('are added once, in the spelling that the project has', () => {
    const draft = addTypedTags(mustEdit({ typedTags: 'FORMAL, winter' }), mara, ['Winter']);
    expect(draft?.tags?.to).toEqual(['formal', 'Winter']);
    expect(draft?.typedTags).toBeUndefined();
  });

  test('that are there already leave no draft', () => {
    expect(addTypedTags(mustEdit({ typedTags: 'Formal' }), mara, [])).toBeNull();
  });

  test('are completed from the tags of the project that the avatar does not have', () => {
    expect(suggestTags('x, WI', ['winter', 'wild', 'formal', 'Wilma'], ['Wild'])).toEqual(['winter', 'Wilma']);
    expect(suggestTags('x, ', ['winter'], [])).toEqual([]);
  });
});

describe('an avatar that somebody else has changed since', () => {
  const draft = mustEdit({ name: 'Maria', description: 'Due' });
  const changed = { ...mara, name: 'Marta', versions: [{ ...second, description: 'Due' }, first] };

  test('conflicts in the fields that differ from both', () => {
    expect(draftConflicts(draft, mara)).toEqual([]);
    expect(draftConflicts(draft, changed)).toEqual([{ field: 'name', theirs: 'Marta' }]);
  });

  test('is settled with one value or the other', () => {
    const mine = settleDraft(draft, changed, 'mine');
    expect(mine?.name).toEqual({ from: 'Marta', to: 'Maria' });
    expect(mine && draftConflicts(mine, changed)).toEqual([]);
    expect(settleDraft(draft, changed, 'theirs')?.name).toBeUndefined();
    expect(settleDraft(draft, changed, 'theirs')?.descriptions).toHaveLength(1);
  });
});

describe('the draft of a deleted avatar', () => {
  const draft = mustEdit({ name: 'Maria' });
  const drafts = { [mara.avatarUuid]: draft };
  const projects = new Set([mara.projectUuid]);

  test('is noticed once, and again when the avatar is back', () => {
    expect(orphanChanges(drafts, projects, { [mara.projectUuid]: [mara] })).toEqual([]);
    const [orphan] = orphanChanges(drafts, projects, { [mara.projectUuid]: [] });
    expect(orphan).toEqual({ ...draft, isOrphaned: true });
    const orphaned = { [mara.avatarUuid]: { ...draft, isOrphaned: true } };
    expect(orphanChanges(orphaned, projects, { [mara.projectUuid]: [] })).toEqual([]);
    expect(orphanChanges(orphaned, projects, { [mara.projectUuid]: [mara] })).toEqual([draft]);
  });

  test('is noticed with its project, and not before the avatars are loaded', () => {
    expect(orphanChanges(drafts, projects, {})).toEqual([]);
    expect(orphanChanges(drafts, new Set(), {})).toHaveLength(1);
  });

  test('is removed after 30 days', () => {
    const orphaned = { [mara.avatarUuid]: { ...draft, isOrphaned: true } };
    expect(withoutOldOrphans(orphaned, Date.parse('2026-11-30T10:00:00.000Z'))).toEqual(orphaned);
    expect(withoutOldOrphans(orphaned, Date.parse('2026-12-02T10:00:00.000Z'))).toEqual({});
    expect(withoutOldOrphans(drafts, Date.parse('2027-12-02T10:00:00.000Z'))).toEqual(drafts);
  });
});
