import { describe, expect, test } from 'vitest';
import {
  completeChoice,
  describeChecked,
  nameFromFile,
  planSheet,
  type UploadChoices,
  uploadLabel,
} from '../../../../renderer/stores/uploads/upload-choices.ts';
import { avatarNameSchema } from '../../../../shared/domain/avatar-fields.ts';
import type { AvatarUuid } from '../../../../shared/domain/ids.ts';
import { asAvatarUuid, newVersionUuid } from '../../../support/uuids.ts';
import { avatarView, stagedFile } from '../../../support/views.ts';

const manifest = {
  id: 'com.example.mara',
  name: 'Mara',
  version: '1.0.0',
  description: '',
  tags: ['formal', 'bad\u0007tag', 'formal'],
  bodyType: 'model3d',
  authors: [],
  license: 'CC0-1.0',
} as const;

const asVersion = (avatarUuid: AvatarUuid) =>
  ({ kind: 'version', avatarUuid, avatarName: 'Otto', nextVersion: 3, because: 'manifest-id' }) as const;
const duplicate = {
  kind: 'duplicate',
  versionUuid: newVersionUuid(),
  avatarName: 'Mara',
  version: 7,
  inTrash: false,
} as const;

describe('suggestions from a file', () => {
  test('a new avatar gets the name and the allowed tags of the manifest', () => {
    const file = stagedFile({ manifest: { ...manifest, tags: [...manifest.tags], authors: [] } });
    expect(completeChoice(file)).toEqual({ avatarUuid: null, name: 'Mara', tags: 'formal', description: '' });
  });

  test('a new version where the avatar was recognized, unless the designer says otherwise', () => {
    const file = stagedFile({ suggestion: asVersion(asAvatarUuid('avatar')) });
    expect(completeChoice(file).avatarUuid).toBe('avatar');
    expect(completeChoice(file, { avatarUuid: null }).avatarUuid).toBeNull();
  });

  test.each([
    ['otto.gab', 'otto'],
    ['Zoë "白い".GAB', 'Zoë "白い"'],
    ['.gab', '.gab'],
  ])('the file name %j suggests %j', (fileName, name) => {
    expect(nameFromFile(fileName)).toBe(name);
  });

  test('a long name is cut to what is allowed, never in the middle of a character', () => {
    const name = nameFromFile(`${'x'.repeat(79)}😀.gab`);
    expect(avatarNameSchema.safeParse(name).success).toBe(true);
    expect(name.isWellFormed()).toBe(true);
  });
});

describe('the plan of the upload sheet', () => {
  const otto = avatarView({ name: 'Otto' });
  const mara = stagedFile({ fileName: 'mara.gab' });
  const ottoNext = stagedFile({ suggestion: asVersion(otto.avatarUuid) });
  const raw = stagedFile({ fileName: 'raw.gab', activatable: false });
  const files = [
    mara,
    stagedFile({ state: 'refused' }),
    ottoNext,
    stagedFile({ suggestion: duplicate }),
    raw,
    stagedFile({ state: 'inspecting', suggestion: null }),
  ];

  test('has the files that are ready and not on the server yet, in the order shown', () => {
    const choices = { [mara.stageId]: { name: ' Mara ', tags: 'a, b', description: ' new hair ' } };
    const plan = planSheet(files, choices, { avatars: [otto], hasActive: true });
    expect(plan.items).toEqual([
      { stageId: mara.stageId, target: { kind: 'new', name: 'Mara', tags: ['a', 'b'] }, description: 'new hair' },
      { stageId: ottoNext.stageId, target: { kind: 'version', avatarUuid: otto.avatarUuid } },
      { stageId: raw.stageId, target: { kind: 'new', name: 'raw', tags: [] } },
    ]);
    expect([plan.inspectingCount, plan.refusedCount, plan.duplicateCount]).toEqual([1, 1, 1]);
  });

  test('spells tags as the project does', () => {
    const choices = { [mara.stageId]: { tags: 'FORMAL, new, formal' } };
    const plan = planSheet([mara], choices, { avatars: [{ ...otto, tags: ['Formal'] }], hasActive: true });
    expect(plan.items[0]?.target).toMatchObject({ tags: ['Formal', 'new'] });
  });

  test('activates the last activatable file if nothing is active, and none if something is', () => {
    const context = { avatars: [otto], hasActive: false };
    expect(planSheet(files, {}, context).activatedId).toBe(ottoNext.stageId);
    expect(planSheet(files, {}, context).items.filter(({ activate }) => activate)).toHaveLength(1);
    expect(planSheet([raw], {}, context).activatedId).toBeNull();
    expect(planSheet(files, {}, { ...context, hasActive: true }).activatedId).toBeNull();
  });

  test('a version follows the earlier file of the sheet that creates its avatar, wherever that one goes', () => {
    const first = stagedFile({ fileName: 'tria-1.0.0.gab' });
    const second = stagedFile({ suggestion: asVersion(asAvatarUuid(first.stageId)) });
    const context = { avatars: [otto], hasActive: true };
    const targetsFor = (choices: UploadChoices) =>
      planSheet([first, second], choices, context).files.map(({ choice }) => choice.avatarUuid);
    expect(targetsFor({})).toEqual([null, first.stageId]);
    expect(planSheet([first, second], {}, context).files[1]?.leaders).toEqual([
      { stageId: first.stageId, name: 'tria-1.0.0' },
    ]);
    const toOtto = { [first.stageId]: { avatarUuid: otto.avatarUuid } };
    expect(targetsFor(toOtto)).toEqual([otto.avatarUuid, otto.avatarUuid]);
    expect(targetsFor({ [second.stageId]: { avatarUuid: null } })).toEqual([null, null]);
  });

  test('a file whose chosen predecessor was discarded is again what it suggests', () => {
    const file = stagedFile();
    const choices = { [file.stageId]: { avatarUuid: asAvatarUuid('discarded') } };
    const [planned] = planSheet([file], choices, { avatars: [otto], hasActive: true }).files;
    expect(planned?.choice.avatarUuid).toBeNull();
  });

  test.each([
    [{ name: '  ' }, "The name can't be empty."],
    [{ tags: 'a\u202eb' }, "A tag contains characters that can't be shown."],
    [{ description: 'bell \u0007' }, "The note contains characters that can't be shown."],
  ])('%j is reported as a problem of its row', (choice, problem) => {
    expect(planSheet([mara], { [mara.stageId]: choice }, { avatars: [], hasActive: true }).problems).toEqual({
      [mara.stageId]: problem,
    });
  });

  test('the name is not checked for a new version', () => {
    const choices = { [ottoNext.stageId]: { name: '' } };
    expect(planSheet([ottoNext], choices, { avatars: [otto], hasActive: true }).problems).toEqual({});
  });
});

describe('labels', () => {
  test.each([
    [0, 'Nothing to upload'],
    [1, 'Upload 1 avatar'],
    [4, 'Upload 4 avatars'],
  ])('the upload button for %i files: %s', (count, label) => {
    expect(uploadLabel(count)).toBe(label);
  });

  test('files checked, remaining, refused, already on the server and skipped are counted', () => {
    const files = [
      stagedFile(),
      stagedFile({ state: 'refused' }),
      stagedFile({ suggestion: duplicate }),
      stagedFile({ state: 'inspecting', suggestion: null }),
    ];
    expect(describeChecked(files, 2)).toBe(
      '3 files checked, 1 remaining, 1 refused, 1 already on the server, 2 other files skipped',
    );
    expect(describeChecked([stagedFile()], 0)).toBe('1 file checked');
  });
});
