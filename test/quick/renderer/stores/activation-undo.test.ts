import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { useSession } from '../../../../renderer/stores/account/session-store.ts';
import {
  activateVersion,
  deactivate,
  forgetActivation,
} from '../../../../renderer/stores/activation/activation-store.ts';
import { offerToUndoArrived } from '../../../../renderer/stores/activation/activation-undo.ts';
import { useLibrary } from '../../../../renderer/stores/library/library-store.ts';
import { noticeQueue } from '../../../../renderer/stores/notices/notices.ts';
import { forgetUndo, undoLast } from '../../../../renderer/stores/outbox/undo-store.ts';
import { applyTransfers } from '../../../../renderer/stores/transfers/transfers-store.ts';
import type { ActivationView, ProjectView, VersionView } from '../../../../shared/contract/library.ts';
import { stubBridge } from '../../../support/stub-bridge.ts';
import { avatarView, nextUuid, projectView, transferView, versionView } from '../../../support/views.ts';

const projectUuid = nextUuid();
const first = versionView({ projectUuid, version: 1 });
const second = versionView({ projectUuid, version: 2 });
const mara = avatarView({ projectUuid, name: 'Mara', versions: [second, first] });

const bridge = { library: { activate: vi.fn() }, comparison: { compare: vi.fn() } };

const as = (version: VersionView | null) =>
  version && { versionUuid: version.uuid, avatarUuid: mara.avatarUuid, name: 'Mara', version: version.version };

/** The activation that the bridge answers with. */
let activationUuid = nextUuid();

/** What the project shows after it was changed from one version to another. */
function show(from: VersionView | null, to: VersionView | null, change: Partial<ActivationView> = {}): void {
  const at = '2026-05-01T10:00:00.000Z';
  const activation = {
    uuid: activationUuid,
    from: as(from),
    to: as(to),
    at,
    how: 'choice',
    by: 'Dana',
    isWaiting: false,
  };
  const active = to && { ...as(to), thumbnailUrl: null };
  const project = projectView({
    uuid: projectUuid,
    active,
    activations: [{ ...activation, ...change }],
  } as Partial<ProjectView>);
  useLibrary.setState({ projects: [project], avatarsByProject: { [projectUuid]: [mara] } });
  offerToUndoArrived([project]);
}

const titles = (): string[] => noticeQueue.visibleToasts.map(({ content }) => content.title);
const sent = (): unknown => bridge.library.activate.mock.lastCall?.[0];

beforeEach(() => {
  stubBridge(bridge);
  noticeQueue.clear();
  useSession.setState({ session: null });
  bridge.library.activate.mockReset().mockImplementation(async () => {
    activationUuid = nextUuid();
    return { ok: true, value: { kind: 'done', activationUuid } };
  });
  bridge.comparison.compare.mockReset().mockResolvedValue({ ok: true, value: { verdict: 'equal', differences: [] } });
  show(null, first);
});

afterEach(() => {
  noticeQueue.clear();
  forgetUndo();
  forgetActivation();
});

describe('what a person made live', () => {
  test('is said when the server has it, not before', async () => {
    await activateVersion(mara, second);
    expect(titles()).toEqual([]);
    show(first, second, { isWaiting: true });
    expect(titles()).toEqual([]);
    show(first, second);
    expect(titles()).toEqual(['Mara v2 is live']);
  });

  test('can be undone: what was live before is live again', async () => {
    await activateVersion(mara, second);
    show(first, second);
    const undoes = activationUuid;
    undoLast();
    const expected = { versionUuid: first.uuid, expectedActiveUuid: second.uuid, how: 'undo', undoes };
    await vi.waitFor(() => expect(sent()).toEqual({ projectUuid, ...expected }));
  });

  test('is not undone once somebody else has chosen, who is named, even if the choice is the same', async () => {
    await activateVersion(mara, second);
    show(first, second);
    show(first, second, { uuid: nextUuid(), by: 'Robin' });
    undoLast();
    await vi.waitFor(() => expect(titles()).toEqual(['Not undone: Robin has made Mara v2 live since.']));
    expect(bridge.library.activate).toHaveBeenCalledOnce();
  });

  test('says nothing if the server has refused it', async () => {
    await activateVersion(mara, second);
    show(null, first, { uuid: nextUuid() });
    expect(titles()).toEqual([]);
  });

  test('replaces the notice of the change before it, which is no longer so', async () => {
    await activateVersion(mara, second);
    show(first, second);
    await deactivate(projectUuid);
    show(second, null);
    expect(titles()).toEqual(['Nothing is live now']);
    const undoes = activationUuid;
    undoLast();
    await vi.waitFor(() => expect(sent()).toMatchObject({ versionUuid: second.uuid, undoes }));
    undoLast();
    expect(titles()).toEqual(['Nothing to undo']);
  });

  test('can be taken offline and brought back', async () => {
    await deactivate(projectUuid);
    show(first, null);
    expect(titles()).toEqual(['Nothing is live now']);
    undoLast();
    await vi.waitFor(() =>
      expect(sent()).toMatchObject({ versionUuid: first.uuid, expectedActiveUuid: null, how: 'undo' }),
    );
  });

  test('can be undone after an upload, too', async () => {
    const upload = transferView({ projectUuid, state: 'checking' });
    applyTransfers([upload]);
    applyTransfers([{ ...upload, state: 'done', activation: 'activated', versionUuid: second.uuid }]);
    expect(titles()).toEqual([]);
    show(first, second, { how: 'upload' });
    expect(titles()).toEqual(['Mara v2 is live']);
  });

  test('can be undone after an upload that the library shows before its transfer ends', () => {
    const upload = transferView({ projectUuid, state: 'checking' });
    applyTransfers([upload]);
    show(first, second, { how: 'upload' });
    expect(titles()).toEqual([]);
    applyTransfers([{ ...upload, state: 'done', activation: 'activated', versionUuid: second.uuid }]);
    expect(titles()).toEqual(['Mara v2 is live']);
  });
});
