import { type ReactNode, useEffect, useRef } from 'react';
import { Group, Panel, Separator, usePanelRef } from 'react-resizable-panels';
import { DetailsPane } from '../features/details-pane/details-pane.tsx';
import { DropArea } from '../features/project/drop-area.tsx';
import { Sidebar } from '../features/sidebar/sidebar.tsx';
import { useOpenProject } from '../stores/view/selection.ts';
import { useView } from '../stores/view/view-store.ts';
import { appTexts } from './texts.en.ts';
import { useNarrow } from './use-narrow.ts';

/** Widths in CSS pixels, unless they are a share of the window. */
const SIDEBAR = { defaultSize: 232, minSize: 160, maxSize: 320 };
const SIDEBAR_OF_ICONS = { defaultSize: 56, minSize: 56, maxSize: 56 };
const DETAILS = { defaultSize: '25%', minSize: 300, maxSize: 560 };
const NARROW_DETAILS = { defaultSize: 312, minSize: 312, maxSize: 340 };
const MIDDLE_MIN_SIZE = 420;
const NARROW_MIDDLE_MIN_SIZE = 200;

const separatorLook =
  'relative w-px bg-line data-[separator=active]:bg-action data-[separator=hover]:bg-line-strong focus-visible:z-20 focus-visible:bg-ink';

/**
 * The sidebar gets back the width that was chosen for it, after it showed icons only, and when the
 * details pane comes or goes: the panes have a layout for each set of panes, and the one for two
 * panes may be as old as the last narrow window.
 */
function useSidebarWidth({ isNarrow, hasDetails }: { readonly isNarrow: boolean; readonly hasDetails: boolean }) {
  const panel = usePanelRef();
  const wideSize = useRef(SIDEBAR.defaultSize);
  const panes = `${isNarrow ? 'narrow' : 'wide'}, ${hasDetails ? 'three' : 'two'}`;
  /** The set of panes for which the width was restored. */
  const restoredFor = useRef<string | null>(isNarrow ? null : panes);
  useEffect(() => {
    if (restoredFor.current === panes) return;
    restoredFor.current = null;
    if (!isNarrow) panel.current?.resize(wideSize.current);
  }, [panes, isNarrow, panel]);
  const note = ({ inPixels }: { readonly inPixels: number }): void => {
    if (isNarrow || inPixels < SIDEBAR.minSize) return;
    if (restoredFor.current === panes) {
      wideSize.current = inPixels;
      return;
    }
    // Only now do the limits of the wide sidebar hold: before, it could not be made wider, and it
    // has a width that nobody has chosen.
    restoredFor.current = panes;
    panel.current?.resize(wideSize.current);
  };
  return { panel, note };
}

/** Takes files for the open project, as the page does. */
function Details({ canClose }: { readonly canClose: boolean }) {
  const project = useOpenProject();
  const pane = <DetailsPane canClose={canClose} />;
  return project ? <DropArea project={project}>{pane}</DropArea> : pane;
}

/**
 * The same panes in every window, so that nothing in them is lost when it becomes narrow or wide: in
 * a narrow one the sidebar shows only icons, and the details pane is there once a card is opened. No
 * pane ever covers another.
 */
export function Panes({ middle }: { readonly middle: ReactNode }) {
  const isNarrow = useNarrow();
  const isDetailsOpen = useView((state) => state.isDetailsOpen);
  const isProject = useView((state) => state.page?.kind === 'project');
  const hasDetails = isProject && (isDetailsOpen || !isNarrow);
  const sidebar = useSidebarWidth({ isNarrow, hasDetails });
  return (
    <Group className="min-h-0 flex-1">
      <Panel
        id="left"
        panelRef={sidebar.panel}
        onResize={sidebar.note}
        {...(isNarrow ? SIDEBAR_OF_ICONS : SIDEBAR)}
        groupResizeBehavior="preserve-pixel-size"
      >
        <Sidebar isNarrow={isNarrow} />
      </Panel>
      <Separator title={appTexts.resizeSidebar} disabled={isNarrow} className={separatorLook} />
      <Panel id="middle" minSize={isNarrow ? NARROW_MIDDLE_MIN_SIZE : MIDDLE_MIN_SIZE}>
        {middle}
      </Panel>
      {hasDetails ? (
        <>
          <Separator title={appTexts.resizeDetails} className={separatorLook} />
          <Panel id="right" {...(isNarrow ? NARROW_DETAILS : DETAILS)}>
            <Details canClose={isNarrow} />
          </Panel>
        </>
      ) : null}
    </Group>
  );
}
