import { create } from 'zustand';
import type { AvatarUuid, VersionUuid } from '../../../shared/domain/ids.ts';
import type { SortOrder } from '../library/avatar-rules.ts';
import { readPreference, writePreference } from '../settings/preferences.ts';

export type Page =
  | { readonly kind: 'project'; readonly projectUuid: string }
  | { readonly kind: 'trash' }
  | { readonly kind: 'audit' };

export const detailsTabs = ['details', 'versions', 'findings', 'activity'] as const;
export type DetailsTab = (typeof detailsTabs)[number];
export type CardLayout = 'grid' | 'list';

interface ViewSlice {
  /** Null until the projects are loaded, and while there are none. */
  readonly page: Page | null;
  readonly query: string;
  readonly tags: readonly string[];
  readonly sort: SortOrder;
  readonly layout: CardLayout;
  readonly selectedAvatarUuid: AvatarUuid | null;
  /** Null: the newest version. */
  readonly selectedVersionUuid: VersionUuid | null;
  readonly detailsTab: DetailsTab;
  /** Only matters in a narrow window, where the details pane slides in. */
  readonly isDetailsOpen: boolean;
  readonly isPaletteOpen: boolean;
}

type RestoredPart = 'selectedAvatarUuid' | 'selectedVersionUuid' | 'isDetailsOpen' | 'detailsTab';

const NOTHING_SELECTED = { selectedAvatarUuid: null, selectedVersionUuid: null, isDetailsOpen: false } as const;

export const useView = create<ViewSlice>(() => ({
  page: null,
  query: '',
  tags: [],
  sort: readPreference('sort', ['newest', 'name', 'size'], 'newest'),
  layout: readPreference('layout', ['grid', 'list'], 'grid'),
  ...NOTHING_SELECTED,
  detailsTab: 'details',
  isPaletteOpen: false,
}));

export function openPage(page: Page): void {
  useView.setState({ page, query: '', tags: [], ...NOTHING_SELECTED, detailsTab: 'details' });
  if (page.kind === 'project') writePreference('project', page.projectUuid);
}

/** After a reload: the page with what was selected in it. */
export function restoreView({ page, ...view }: Pick<ViewSlice, RestoredPart> & { readonly page: Page }): void {
  openPage(page);
  const { selectedAvatarUuid, selectedVersionUuid, isDetailsOpen, detailsTab } = view;
  useView.setState({ selectedAvatarUuid, selectedVersionUuid, isDetailsOpen, detailsTab });
}

export function openProject(projectUuid: string): void {
  openPage({ kind: 'project', projectUuid });
}

/** Opens the project that was open last, if it is among these, else the first one; no page if there is none. */
export function openFirstProject(projectUuids: readonly string[]): void {
  const last = readPreference('project', projectUuids, projectUuids[0] ?? '');
  if (last) openProject(last);
  else if (useView.getState().page !== null) useView.setState({ page: null, ...NOTHING_SELECTED });
}

export function openProjectUuid(view: Pick<ViewSlice, 'page'>): string | null {
  return view.page?.kind === 'project' ? view.page.projectUuid : null;
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

export function selectAvatar(selectedAvatarUuid: AvatarUuid | null): void {
  if (selectedAvatarUuid === useView.getState().selectedAvatarUuid) return;
  useView.setState({ selectedAvatarUuid, selectedVersionUuid: null });
}

export function selectVersion(selectedVersionUuid: VersionUuid): void {
  useView.setState({ selectedVersionUuid });
}

export function openDetails(detailsTab?: DetailsTab): void {
  useView.setState((state) => ({ isDetailsOpen: true, detailsTab: detailsTab ?? state.detailsTab }));
}

export function setDetailsTab(detailsTab: DetailsTab): void {
  useView.setState({ detailsTab });
}

export function closeDetails(): void {
  useView.setState({ ...NOTHING_SELECTED });
}

/** Makes space in a narrow window. The selection stays. */
export function collapseDetails(): void {
  useView.setState({ isDetailsOpen: false });
}

export function setPaletteOpen(isPaletteOpen: boolean): void {
  useView.setState({ isPaletteOpen });
}

export function forgetView(): void {
  useView.setState({ page: null, query: '', tags: [], ...NOTHING_SELECTED, isPaletteOpen: false });
}
