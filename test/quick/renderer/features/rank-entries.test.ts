import { describe, expect, test } from 'vitest';
import type { PaletteContext } from '../../../../renderer/features/command-palette/palette-context.ts';
import { paletteGroups, searchedEntries } from '../../../../renderer/features/command-palette/palette-groups.ts';
import { indexEntries, MAX_SHOWN, rankEntries } from '../../../../renderer/features/command-palette/rank-entries.ts';
import { DEFAULT_BINDINGS } from '../../../../renderer/stores/settings/shortcut-rules.ts';
import type { AvatarEntry } from '../../../../shared/contract/library.ts';
import { newAvatarUuid } from '../../../support/uuids.ts';
import { avatarView, projectView, versionView } from '../../../support/views.ts';

const [concierge, lobby, reception] = ['Concierge desk', 'Lobby kiosk', 'Reception'].map((name) =>
  projectView({ name, customerName: 'Aurora' }),
) as [ReturnType<typeof projectView>, ReturnType<typeof projectView>, ReturnType<typeof projectView>];

const entry = (name: string, change: Partial<AvatarEntry> = {}): AvatarEntry => ({
  avatarUuid: newAvatarUuid(),
  projectUuid: concierge.uuid,
  name,
  tags: [],
  version: 1,
  thumbnailUrl: null,
  isActive: false,
  ...change,
});

const mara = avatarView({
  name: 'Mara',
  projectUuid: concierge.uuid,
  versions: [versionView({ version: 2 }), versionView({ version: 1 })],
});

const context: PaletteContext = {
  user: {
    uuid: 'u',
    email: 'ada@gabinet.example',
    name: 'Ada',
    isAdmin: true,
    memberships: [],
    mustSetUpSecondFactor: false,
  },
  customers: [{ uuid: concierge.customerUuid, name: 'Aurora' }],
  projects: [concierge, lobby, reception],
  openProject: concierge,
  selection: { avatar: mara, version: mara.versions[0] ?? versionView() },
  avatars: [
    entry('Mara', { avatarUuid: mara.avatarUuid, version: 2 }),
    entry('Robin', { projectUuid: lobby.uuid, tags: ['winter'] }),
    entry('Zoë', { projectUuid: lobby.uuid }),
    entry('Otto', { projectUuid: reception.uuid, version: 3 }),
    entry('Trashman', { projectUuid: reception.uuid }),
  ],
  bindings: DEFAULT_BINDINGS,
  mayChange: true,
  isOnline: true,
  canCompare: { active: true, previous: true },
  hasDraft: false,
  canUndo: false,
  canPause: false,
  canResume: false,
  theme: 'light',
  layout: 'grid',
};

function search(query: string, change: Partial<PaletteContext> = {}): string[] {
  const changed = { ...context, ...change };
  const index = indexEntries(searchedEntries(changed, paletteGroups(changed)));
  return rankEntries(index, query).map(({ name }) => name);
}

const allNames = (change: Partial<PaletteContext> = {}): string[] =>
  paletteGroups({ ...context, ...change }).flatMap(({ entries }) => entries.map(({ name }) => name));

/** Query, and what its first result must be. The second ten have a typing error. */
const WANTED: readonly (readonly [string, string])[] = [
  ['live', 'Make Mara v2 live'],
  ['publish', 'Make Mara v2 live'],
  ['mara', 'Mara v2'],
  ['robin', 'Robin v1'],
  ['zoe', 'Zoë v1'],
  ['winter', 'Robin v1'],
  ['lobby', 'Lobby kiosk'],
  ['kiosk', 'Lobby kiosk'],
  ['recep', 'Reception'],
  ['upload', 'Upload files'],
  ['upload folder', 'Upload a folder'],
  ['compare', 'Compare Mara v2 with the live version'],
  ['previous', 'Compare Mara v2 with its previous version'],
  ['3d', 'Preview Mara v2'],
  ['settings', 'Settings'],
  ['dark', 'Dark theme'],
  ['trash', 'Trash'],
  ['logout', 'Sign out'],
  ['download', 'Download Mara v2'],
  ['link mara', 'Copy link to Mara'],
  ['setings', 'Settings'],
  ['mkae live', 'Make Mara v2 live'],
  ['robni', 'Robin v1'],
  ['lobyb', 'Lobby kiosk'],
  ['conceirge', 'Concierge desk'],
  ['uplaod', 'Upload files'],
  ['dwnload', 'Download Mara v2'],
  ['preveiw', 'Preview Mara v2'],
  ['kyboard', 'Keyboard shortcuts'],
  ['trsah', 'Trash'],
];

describe('the palette', () => {
  test('has what is wanted first for 27 of 30 queries, of which ten have a typing error', () => {
    expect(WANTED).toHaveLength(30);
    const missed = WANTED.flatMap(([query, wanted]) => {
      const first = search(query)[0];
      return first === wanted ? [] : [`${query}: ${first} instead of ${wanted}`];
    });
    expect(missed.slice(3), missed.join('\n')).toEqual([]);
  });

  test.each(['trash', 'delete', 'remove', 'mov', 'move mara', 'move concierge desk to', 'to the trash'])(
    'has nothing destructive first for %s',
    (query) => {
      expect(search(query)[0]).not.toMatch(/^(Move|Take)/);
      expect(search(query).some((name) => name.startsWith('Move'))).toBe(true);
    },
  );

  test('has something destructive first once its name is typed in full', () => {
    expect(search('move mara, all 2 versions to the trash')[0]).not.toBe('Trash');
    expect(search('Move Concierge desk to the trash')[0]).toBe('Move Concierge desk to the trash');
  });

  test('lists something destructive last in its group', () => {
    const [selection] = paletteGroups(context);
    expect(selection?.entries.at(-1)?.isDestructive).toBe(true);
    expect(selection?.entries[0]?.isDestructive).toBeUndefined();
  });

  test('names the selection, and has nothing that cannot apply', () => {
    expect(allNames()).toContain('Make Mara v2 live');
    expect(allNames()).not.toContain('Light theme');
    expect(allNames()).not.toContain('Undo');
    const live = { ...mara, versions: [versionView({ version: 2, isActive: true })] };
    const ofLive = allNames({ selection: { avatar: live, version: live.versions[0] ?? versionView() } });
    expect(ofLive).not.toContain('Make Mara v2 live');
    expect(ofLive).toContain('Take Mara v2 offline');
    const reading = allNames({ mayChange: false, isOnline: false });
    for (const name of ['Make Mara v2 live', 'Upload files', 'Rename Concierge desk', 'New project'])
      expect(reading).not.toContain(name);
    expect(allNames({ selection: null }).filter((name) => name.includes('Mara'))).toEqual([]);
  });

  test('shows the avatars of every project with their project, and at most fifty results', () => {
    const many = Array.from({ length: 200 }, (_, at) => entry(`Guide ${at}`, { projectUuid: lobby.uuid }));
    expect(search('guide', { avatars: many })).toHaveLength(MAX_SHOWN);
    expect(search('guide 137', { avatars: many })[0]).toBe('Guide 137 v1');
  });

  test('finds nothing for nothing', () => {
    expect(search('  ')).toEqual([]);
    expect(search('qqqqxyz')).toEqual([]);
  });
});
