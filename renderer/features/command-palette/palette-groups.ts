import { describeBinding } from '../../stores/settings/shortcuts-store.ts';
import { generalEntries } from './general-entries.ts';
import type { PaletteContext } from './palette-context.ts';
import type { KeysOf, PaletteEntry, PaletteGroup } from './palette-entry.ts';
import { avatarEntries, pageEntries } from './place-entries.ts';
import { managingEntries, projectEntries } from './project-entries.ts';
import { selectionEntries } from './selection-entries.ts';
import { paletteTexts as texts } from './texts.en.ts';

const harmlessFirst = (entries: readonly PaletteEntry[]): PaletteEntry[] =>
  entries.toSorted((a, b) => Number(a.isDestructive ?? false) - Number(b.isDestructive ?? false));

/** What the palette lists before anything is typed. */
export function paletteGroups(context: PaletteContext): PaletteGroup[] {
  const keys: KeysOf = (shortcut) => describeBinding(context.bindings[shortcut]);
  const { selection, openProject } = context;
  const groups = [
    { id: 'selection', name: selection?.avatar.name ?? '', entries: selectionEntries(context, keys) },
    { id: 'project', name: openProject?.name ?? '', entries: projectEntries(context, keys) },
    { id: 'pages', name: texts.goTo, entries: pageEntries(context) },
    { id: 'managing', name: texts.projects, entries: managingEntries(context) },
    { id: 'general', name: texts.general, entries: generalEntries(context, keys) },
  ];
  return groups
    .filter(({ entries }) => entries.length > 0)
    .map((group) => ({ ...group, entries: harmlessFirst(group.entries) }));
}

/** Everything that a query finds: the groups, and every avatar of every project. */
export function searchedEntries(context: PaletteContext, groups: readonly PaletteGroup[]): PaletteEntry[] {
  return [...groups.flatMap(({ entries }) => entries), ...avatarEntries(context)];
}
