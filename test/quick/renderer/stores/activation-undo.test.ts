import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  chooseActivation,
  currentActivationChoice,
  forgetActivationChoice,
  forgetActivationChoices,
} from '../../../../renderer/stores/activation-choice.ts';
import { activateVersion, deactivate, forgetActivation } from '../../../../renderer/stores/activation-store.ts';
import { offerToUndoArrived } from '../../../../renderer/stores/activation-undo.ts';
import { useLibrary } from '../../../../renderer/stores/library-store.ts';
import { noticeQueue } from '../../../../renderer/stores/notices.ts';
import { useSession } from '../../../../renderer/stores/session-store.ts';
import { forgetUndo, undoLast } from '../../../../renderer/stores/undo-store.ts';
import type { ProjectView, VersionView } from '../../../../shared/contract/library.ts';
import { stubBridge } from '../../../support/stub-bridge.ts';
import { avatarView, nextUuid, projectView, versionView } from '../../../support/views.ts';

const projectUuid = nextUuid();
const first = versionView({ projectUuid, version: 1 });
const second = versionView({ projectUuid, version: 2 });
const mara = avatarView({ projectUuid, name: 'Mara', versions: [second, first] });

const bridge = { library: { activate: vi.fn() }, comparison: { compare: vi.fn() } };

function show(version: VersionView | null, change: Partial<ProjectView> = {}): void {
  const active = version && {
    versionUuid: version.uuid,
    avatarUuid: mara.avatarUuid,
    name: 'Mara',
    version: version.version,
    thumbnailUrl: null,
  };
  const project = projectView({ uuid: projectUuid, active, ...change });
  useLibrary.setState({ projects: [project], avatarsByProject: { [projectUuid]: [mara] } });
  offerToUndoArrived([project]);
}

const titles = (): string[] => noticeQueue.visibleToasts.map(({ content }) => content.title);
const sent = (): unknown => bridge.library.activate.mock.lastCall?.[0];

beforeEach(() => {
  stubBridge(bridge);
  noticeQueue.clear();
  useSession.setState({ session: null });
  bridge.library.activate.mockReset().mockResolvedValue({ ok: true, value: { kind: 'done' } });
  bridge.comparison.compare.mockReset().mockResolvedValue({ ok: true, value: { verdict: 'equal', differences: [] } });
  show(first);
});

afterEach(() => {
  noticeQueue.clear();
  forgetUndo();
  forgetActivation();
  forgetActivationChoices();
});

describe('what a person made live', () => {
  test('is said when the server has it, not before', async () => {
    await activateVersion(mara, second);
    expect(titles()).toEqual([]);
    show(second, { isActivationWaiting: true });
    expect(titles()).toEqual([]);
    show(second);
    expect(titles()).toEqual(['Mara v2 is live']);
  });

  test('can be undone: what was live before is live again, if nobody has changed it', async () => {
    await activateVersion(mara, second);
    show(second);
    undoLast();
    await vi.waitFor(() =>
      expect(sent()).toEqual({ projectUuid, versionUuid: first.uuid, expectedActiveUuid: second.uuid }),
    );
  });

  test('is not undone once somebody else has chosen, who is named', async () => {
    await activateVersion(mara, second);
    show(second);
    show(first, { activeSetBy: 'Robin' });
    undoLast();
    await vi.waitFor(() => expect(titles()).toEqual(['Not undone: Robin has made Mara v1 live since.']));
    expect(bridge.library.activate).toHaveBeenCalledOnce();
  });

  test('says nothing if the server has refused it', async () => {
    await activateVersion(mara, second);
    show(first);
    expect(titles()).toEqual([]);
  });

  test('can be taken offline and brought back', async () => {
    await deactivate(projectUuid);
    show(null);
    expect(titles()).toEqual(['Nothing is live now']);
    undoLast();
    await vi.waitFor(() => expect(sent()).toEqual({ projectUuid, versionUuid: first.uuid, expectedActiveUuid: null }));
  });
});

describe('whether an upload goes live', () => {
  test('is decided by a person where something is live, and happens on its own where nothing is', () => {
    expect(currentActivationChoice(projectUuid)).toBe(false);
    show(null);
    expect(currentActivationChoice(projectUuid)).toBe(true);
    chooseActivation(projectUuid, false);
    expect(currentActivationChoice(projectUuid)).toBe(false);
    show(first);
    chooseActivation(projectUuid, true);
    expect(currentActivationChoice(projectUuid)).toBe(true);
    forgetActivationChoice(projectUuid);
    expect(currentActivationChoice(projectUuid)).toBe(false);
  });
});
