import { type RefObject, useEffect, useRef } from 'react';
import {
  GridLayout,
  GridList,
  GridListItem,
  ListLayout,
  type Selection,
  Size,
  Virtualizer,
} from 'react-aria-components';
import type { AvatarUuid } from '../../../shared/domain/ids.ts';
import { classNames } from '../../components/class-names.ts';
import { useDrafts } from '../../stores/drafts/drafts-store.ts';
import { newestVersion } from '../../stores/library/avatar-rules.ts';
import { avatarStateLabel, transferState } from '../../stores/library/item-state.ts';
import { setTrayOpen } from '../../stores/transfers/transfers-store.ts';
import { type CardLayout, openDetails, selectAvatar, useView } from '../../stores/view/view-store.ts';
import { ArrivingCard, ArrivingRow } from './arriving-card.tsx';
import { AvatarCard, AvatarRow } from './avatar-card.tsx';
import { projectTexts } from './texts.en.ts';
import type { CardItem } from './use-shown-avatars.ts';

/**
 * In CSS pixels. A card grows only until one more fits, so that large windows show more cards, not
 * bigger ones.
 */
const GRID = {
  minItemSize: new Size(152, 236),
  minSpace: new Size(12, 12),
  maxHorizontalSpace: 12,
};
const LIST = { rowHeight: 52, padding: 8 };

function textValueOf(item: CardItem, drafts: Readonly<Record<string, unknown>>): string {
  if (item.kind === 'arriving') {
    return projectTexts.arrivingCard(item.transfer.avatarName, transferState(item.transfer).label.toLowerCase());
  }
  const { avatar } = item;
  const label = projectTexts.card(avatar.name, newestVersion(avatar).version, avatarStateLabel(avatar));
  return drafts[avatar.avatarUuid] ? projectTexts.unsavedCard(label) : label;
}

function CardContent({ item, layout }: { readonly item: CardItem; readonly layout: CardLayout }) {
  if (item.kind === 'arriving') {
    return layout === 'grid' ? <ArrivingCard transfer={item.transfer} /> : <ArrivingRow transfer={item.transfer} />;
  }
  return layout === 'grid' ? <AvatarCard avatar={item.avatar} /> : <AvatarRow avatar={item.avatar} />;
}

function open(item: CardItem): void {
  if (item.kind === 'arriving') setTrayOpen(true);
  else openDetails();
}

function select(selection: Selection): void {
  if (selection === 'all') return;
  const [key] = selection;
  selectAvatar(key === undefined ? null : (String(key) as AvatarUuid));
}

const itemLook = {
  grid: 'h-full rounded-md border border-line bg-surface p-1.5 data-hovered:border-line-strong',
  list: 'mb-1 rounded-md px-2 data-hovered:veil-hover',
} as const;

interface CardsProps {
  readonly items: readonly CardItem[];
  /** Whether cards are scrolled out of view at the top. */
  readonly onScrolled: (isScrolled: boolean) => void;
}

/**
 * In CSS pixels: more than the band above gives to the cards when it folds. With less to scroll, it
 * would fold and unfold again.
 */
const MIN_TO_SCROLL = 160;

function useScrolled(grid: RefObject<HTMLElement | null>, onScrolled: CardsProps['onScrolled']): void {
  // After every rendering, because another layout is another element.
  useEffect(() => {
    const { current } = grid;
    if (!current) return undefined;
    const follow = (): void => {
      const hasMuch = current.scrollHeight - current.clientHeight > MIN_TO_SCROLL;
      if (current.scrollTop === 0) onScrolled(false);
      else if (hasMuch) onScrolled(true);
    };
    current.addEventListener('scroll', follow, { passive: true });
    return () => current.removeEventListener('scroll', follow);
  });
}

/** What a search, a filter or another order brings to the top is seen. */
function useScrollReset(grid: RefObject<HTMLElement | null>): void {
  const order = useView((state) => `${state.query} ${state.tags.join(' ')} ${state.sort}`);
  const shown = useRef(order);
  useEffect(() => {
    if (shown.current === order) return;
    shown.current = order;
    grid.current?.scrollTo({ top: 0 });
  }, [grid, order]);
}

/** Virtualized, so that thousands of avatars cost no more than the dozen on screen. */
export function AvatarCards({ items, onScrolled }: CardsProps) {
  const grid = useRef<HTMLDivElement>(null);
  const layout = useView((state) => state.layout);
  const selected = useView((state) => state.selectedAvatarUuid);
  const drafts = useDrafts((state) => state.drafts);
  useScrolled(grid, onScrolled);
  useScrollReset(grid);
  const arriving = items.filter((item) => item.kind === 'arriving').map((item) => item.id);
  const list = (
    <GridList
      ref={grid}
      data-avatar-grid=""
      aria-label={projectTexts.avatars}
      items={items}
      layout={layout === 'grid' ? 'grid' : 'stack'}
      selectionMode="single"
      selectionBehavior="replace"
      disallowEmptySelection
      disabledBehavior="selection"
      disabledKeys={arriving}
      disallowTypeAhead
      selectedKeys={selected ? [selected] : []}
      onSelectionChange={select}
      dependencies={[layout, drafts]}
      className={classNames('@container min-h-0 flex-1 overflow-y-auto', layout === 'grid' ? '-mx-2.5' : '')}
    >
      {(item) => (
        <GridListItem
          id={item.id}
          textValue={textValueOf(item, drafts)}
          onAction={() => open(item)}
          onPress={(event) => event.pointerType !== 'keyboard' && open(item)}
          className={classNames(
            'cursor-default data-selected:border-action data-selected:bg-action-soft',
            itemLook[layout],
          )}
        >
          <CardContent item={item} layout={layout} />
        </GridListItem>
      )}
    </GridList>
  );
  return layout === 'grid' ? (
    <Virtualizer key="grid" layout={GridLayout} layoutOptions={GRID}>
      {list}
    </Virtualizer>
  ) : (
    <Virtualizer key="list" layout={ListLayout} layoutOptions={LIST}>
      {list}
    </Virtualizer>
  );
}
