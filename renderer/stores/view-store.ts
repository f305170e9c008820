import { create } from 'zustand';
import type { SortOrder } from './avatar-rules.ts';
import { readPreference, writePreference } from './preferences.ts';

export type Room =
  | { readonly kind: 'project'; readonly projectUuid: string }
  | { readonly kind: 'trash' }
  | { readonly kind: 'audit' };

export type InspectorTab = 'details' | 'versions' | 'findings';
export type CardLayout = 'grid' | 'list';

interface ViewSlice {
  /** Null until the projects are known. */
  readonly room: Room | null;
  readonly query: string;
  readonly tags: readonly string[];
  readonly sort: SortOrder;
  readonly layout: CardLayout;
  readonly selectedAvatarUuid: string | null;
  /** Null: the newest version. */
  readonly selectedVersionUuid: string | null;
  readonly inspectorTab: InspectorTab;
  /** Only matters in a narrow window, where the inspector slides over. */
  readonly isInspectorOpen: boolean;
  readonly isPaletteOpen: boolean;
}

const NOTHING_SELECTED = { selectedAvatarUuid: null, selectedVersionUuid: null, isInspectorOpen: false } as const;

export const useView = create<ViewSlice>(() => ({
  room: null,
  query: '',
  tags: [],
  sort: readPreference('sort', ['newest', 'name', 'size'], 'newest'),
  layout: readPreference('layout', ['grid', 'list'], 'grid'),
  ...NOTHING_SELECTED,
  inspectorTab: 'details',
  isPaletteOpen: false,
}));

export function openRoom(room: Room): void {
  useView.setState({ room, query: '', tags: [], ...NOTHING_SELECTED, inspectorTab: 'details' });
  if (room.kind === 'project') writePreference('project', room.projectUuid);
}

export function openProject(projectUuid: string): void {
  openRoom({ kind: 'project', projectUuid });
}

/** At start: the project opened last, if it still exists, else the first. */
export function openFirstProject(projectUuids: readonly string[]): void {
  const last = readPreference('project', projectUuids, projectUuids[0] ?? '');
  if (last) openProject(last);
}

/** The project on screen, or null. */
export function openProjectUuid(view: Pick<ViewSlice, 'room'>): string | null {
  return view.room?.kind === 'project' ? view.room.projectUuid : null;
}

export function setQuery(query: string): void {
  useView.setState({ query });
}

export function toggleTag(tag: string): void {
  useView.setState(({ tags }) => ({
    tags: tags.includes(tag) ? tags.filter((other) => other !== tag) : [...tags, tag],
  }));
}

export function clearFilter(): void {
  useView.setState({ query: '', tags: [] });
}

export function setSort(sort: SortOrder): void {
  useView.setState({ sort });
  writePreference('sort', sort);
}

export function setLayout(layout: CardLayout): void {
  useView.setState({ layout });
  writePreference('layout', layout);
}

export function selectAvatar(selectedAvatarUuid: string | null): void {
  if (selectedAvatarUuid === useView.getState().selectedAvatarUuid) return;
  useView.setState({ selectedAvatarUuid, selectedVersionUuid: null });
}

export function selectVersion(selectedVersionUuid: string): void {
  useView.setState({ selectedVersionUuid });
}

export function openInspector(inspectorTab?: InspectorTab): void {
  useView.setState((state) => ({ isInspectorOpen: true, inspectorTab: inspectorTab ?? state.inspectorTab }));
}

export function setInspectorTab(inspectorTab: InspectorTab): void {
  useView.setState({ inspectorTab });
}

export function closeInspector(): void {
  useView.setState({ ...NOTHING_SELECTED });
}

/** Narrow windows: what opens now needs the room; the selection stays. */
export function foldInspector(): void {
  useView.setState({ isInspectorOpen: false });
}

export function setPaletteOpen(isPaletteOpen: boolean): void {
  useView.setState({ isPaletteOpen });
}

export function forgetView(): void {
  useView.setState({ room: null, query: '', tags: [], ...NOTHING_SELECTED, isPaletteOpen: false });
}
