import { Rotate3d, X } from 'lucide-react';
import { useLayoutEffect, useRef } from 'react';
import { type Key, Tab, TabList, TabPanel, Tabs } from 'react-aria-components';
import { AVATAR_CARD } from '../../components/avatar-grid.ts';
import { Button, IconButton } from '../../components/button.tsx';
import { countFindings, findingsOf } from '../../components/describe-finding.ts';
import { FindingsList } from '../../components/findings-list.tsx';
import { Picture } from '../../components/picture.tsx';
import { canPreview, togglePreview, usePreviewStore } from '../../stores/preview/preview-store.ts';
import { dragOutProps } from '../../stores/transfers/drag-out.ts';
import { type Selection, useSelection } from '../../stores/view/selection.ts';
import { closeDetails, type DetailsTab, setDetailsTab, useView } from '../../stores/view/view-store.ts';
import { ActionBar } from './action-bar.tsx';
import { Activity } from './activity.tsx';
import { Details } from './details.tsx';
import { DraftBar } from './draft-bar.tsx';
import { EditableName } from './editable-name.tsx';
import { detailsTexts } from './texts.en.ts';
import { Versions } from './versions.tsx';

const tabs: readonly { readonly id: DetailsTab; readonly label: string }[] = [
  { id: 'details', label: detailsTexts.detailsTab },
  { id: 'versions', label: detailsTexts.versionsTab },
  { id: 'findings', label: detailsTexts.findingsTab },
  { id: 'activity', label: detailsTexts.activityTab },
];

function TabHeads({ selection }: { readonly selection: Selection }) {
  const counts: Readonly<Record<DetailsTab, number>> = {
    details: 0,
    versions: selection.avatar.versions.length,
    findings: findingsOf(selection.version).length,
    activity: 0,
  };
  return (
    <TabList aria-label={detailsTexts.tabs} className="flex gap-1 border-b border-line px-3">
      {tabs.map(({ id, label }) => (
        <Tab
          key={id}
          id={id}
          className="-mb-px flex h-8 cursor-default items-center gap-1 border-b-2 border-transparent px-1.5 text-ink-soft data-hovered:text-ink data-selected:border-action data-selected:text-ink"
        >
          {label}
          {counts[id] > 0 ? (
            <span aria-hidden className="text-sm text-ink-faint tabular-nums">
              {counts[id]}
            </span>
          ) : null}
        </Tab>
      ))}
    </TabList>
  );
}

function Findings({ selection }: { readonly selection: Selection }) {
  const findings = findingsOf(selection.version);
  return (
    <>
      <p className="text-sm text-ink-faint">
        {detailsTexts.findingsOf(selection.version.version, countFindings(findings))}
      </p>
      {findings.length > 0 ? (
        <FindingsList label={detailsTexts.findings} findings={findings} />
      ) : (
        <p className="mt-2">{detailsTexts.allChecksPassed}</p>
      )}
    </>
  );
}

function Body({ selection }: { readonly selection: Selection }) {
  const tab = useView((state) => state.detailsTab);
  return (
    <Tabs
      selectedKey={tab}
      onSelectionChange={(key: Key) => setDetailsTab(key as DetailsTab)}
      className="flex flex-col"
    >
      <TabHeads selection={selection} />
      <TabPanel id="details" className="p-4">
        <Details key={selection.version.uuid} selection={selection} />
      </TabPanel>
      <TabPanel id="versions" className="p-2">
        <Versions selection={selection} />
      </TabPanel>
      <TabPanel id="findings" className="p-4">
        <Findings selection={selection} />
      </TabPanel>
      <TabPanel id="activity" className="p-4">
        <Activity selection={selection} />
      </TabPanel>
    </Tabs>
  );
}

/** Opens the preview in the middle pane, where it follows the selection. */
function PreviewButton({ selection }: { readonly selection: Selection }) {
  const isOpen = usePreviewStore((state) => state.subject?.kind === 'selection');
  if (!canPreview(selection.version)) return null;
  return (
    <Button icon={Rotate3d} isOn={isOpen} onPress={togglePreview} className="absolute right-2 bottom-2 shadow-float">
      {detailsTexts.preview}
    </Button>
  );
}

/** If the pane had the focus when it was closed, the card that it was opened from gets it. */
function giveFocusToCard(pane: HTMLElement | null): void {
  if (!pane?.contains(document.activeElement)) return;
  const card = document.querySelector<HTMLElement>(`${AVATAR_CARD}[aria-selected="true"]`);
  const target = card ?? document.querySelector<HTMLElement>(AVATAR_CARD);
  queueMicrotask(() => target?.focus());
}

/** The rows of buttons are always in sight, except where they would leave no place for the rest. */
const paneLook = 'flex min-h-0 flex-1 flex-col low:block low:overflow-y-auto';

/** The right-hand pane: everything about the selected avatar. */
export function DetailsPane({ canClose }: { readonly canClose: boolean }) {
  const selection = useSelection();
  const pane = useRef<HTMLElement>(null);
  useLayoutEffect(() => {
    const { current } = pane;
    return () => giveFocusToCard(current);
  }, []);
  return (
    <section
      ref={pane}
      aria-label={detailsTexts.title}
      data-details-pane=""
      className="relative flex h-full flex-col overflow-hidden bg-window"
    >
      {canClose ? (
        <IconButton
          label={detailsTexts.close}
          icon={X}
          onPress={closeDetails}
          className="absolute top-2 right-2 z-10 bg-surface shadow-float"
        />
      ) : null}
      {selection ? (
        <div className={paneLook}>
          <div className="@container min-h-0 flex-1 overflow-y-auto low:overflow-visible">
            <div className="flex justify-center p-3 pb-2">
              <div {...dragOutProps({ ...selection.version, name: selection.avatar.name })} className="relative">
                <Picture
                  src={selection.version.thumbnailUrl}
                  name={selection.avatar.name}
                  className="aspect-square w-[clamp(200px,58cqw,320px)] rounded-md [@media(max-height:720px)]:w-[clamp(96px,24vh,200px)]"
                />
                <PreviewButton selection={selection} />
              </div>
            </div>
            <EditableName key={selection.avatar.avatarUuid} selection={selection} />
            <Body selection={selection} />
          </div>
          <DraftBar avatar={selection.avatar} />
          <ActionBar selection={selection} />
        </div>
      ) : (
        <p className="p-4 text-ink-faint">{detailsTexts.nothingSelected}</p>
      )}
    </section>
  );
}
