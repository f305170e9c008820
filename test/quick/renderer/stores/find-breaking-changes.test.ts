import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { activateVersion, activateWithoutAsking, useActivation } from '../../../../renderer/stores/activation-store.ts';
import { answerBreaking, useBreakingQuestion } from '../../../../renderer/stores/breaking-question.ts';
import { clearComparisonCache } from '../../../../renderer/stores/comparison-cache.ts';
import { useLibrary } from '../../../../renderer/stores/library-store.ts';
import { resolveConflicts } from '../../../../renderer/stores/operations-store.ts';
import { applyStaged, confirmUpload, setActivateAfterUpload } from '../../../../renderer/stores/staging-store.ts';
import { planSheet } from '../../../../renderer/stores/upload-choices.ts';
import type { Comparison, Difference, DifferenceVerdict } from '../../../../shared/gab/compare/comparison.ts';
import { avatarView, nextUuid, operationView, projectView, stagedFile, versionView } from '../../../support/views.ts';

const projectUuid = nextUuid();
const live = versionView({ projectUuid, version: 1, isActive: true });
const next = versionView({ projectUuid, version: 2 });
const mara = avatarView({ projectUuid, name: 'Mara', versions: [next, live] });

const lost: Difference = { code: 'visemes-lost', verdict: 'breaks-runtime', area: 'face', names: ['aa'] };
const seen: Difference = { code: 'model-triangles', verdict: 'visible', area: 'model', before: 10, after: 12 };

function comparisonOf(verdict: DifferenceVerdict): { ok: true; value: Comparison } {
  return { ok: true, value: { verdict, differences: verdict === 'breaks-runtime' ? [lost, seen] : [seen] } };
}

const bridge = {
  comparison: { compare: vi.fn() },
  library: { activate: vi.fn() },
  operations: { resolve: vi.fn() },
  uploads: { confirm: vi.fn(), discard: vi.fn() },
};

function ask(): ReturnType<typeof useBreakingQuestion.getState>['asked'] {
  return useBreakingQuestion.getState().asked;
}

beforeEach(() => {
  vi.stubGlobal('window', { gabinet: bridge });
  bridge.comparison.compare.mockReset();
  bridge.library.activate.mockReset().mockResolvedValue({ ok: true, value: { kind: 'done' } });
  bridge.operations.resolve.mockReset().mockResolvedValue({ ok: true, value: null });
  bridge.uploads.confirm.mockReset().mockResolvedValue({ ok: true, value: { queued: 1 } });
  clearComparisonCache();
  const active = {
    versionUuid: live.uuid,
    avatarUuid: mara.avatarUuid,
    name: 'Mara',
    version: 1,
    thumbnailUrl: null,
  };
  useLibrary.setState({
    projects: [projectView({ uuid: projectUuid, active })],
    avatarsByProject: { [projectUuid]: [mara] },
  });
});

afterEach(() => {
  answerBreaking(false);
  vi.useRealTimers();
});

describe('making a version live', () => {
  test('one that breaks the runtime is asked about once, with what it breaks and nothing else', async () => {
    bridge.comparison.compare.mockResolvedValue(comparisonOf('breaks-runtime'));
    const going = activateVersion(mara, next);
    await vi.waitFor(() => expect(ask()).not.toBeNull());
    expect(ask()).toMatchObject({ activeName: 'Mara v1', changes: [{ name: 'Mara v2', differences: [lost] }] });
    expect(bridge.library.activate).not.toHaveBeenCalled();
    answerBreaking(true);
    await going;
    expect(bridge.library.activate).toHaveBeenCalledExactlyOnceWith({
      projectUuid,
      versionUuid: next.uuid,
      expectedActiveUuid: live.uuid,
    });
    expect(ask()).toBeNull();
  });

  test('is left alone when the answer is no', async () => {
    bridge.comparison.compare.mockResolvedValue(comparisonOf('breaks-runtime'));
    const going = activateVersion(mara, next);
    await vi.waitFor(() => expect(ask()).not.toBeNull());
    answerBreaking(false);
    await going;
    expect(bridge.library.activate).not.toHaveBeenCalled();
    expect(useActivation.getState().pendingUuid).toBeNull();
  });

  test.each(['visible', 'harmless'] as const)('%s changes are not asked about', async (verdict) => {
    bridge.comparison.compare.mockResolvedValue(comparisonOf(verdict));
    await activateVersion(mara, next);
    expect(bridge.library.activate).toHaveBeenCalledOnce();
  });

  test('goes on without a question where no comparison can be had', async () => {
    const failure = { code: 'offline', title: 'Offline', detail: '' };
    bridge.comparison.compare.mockResolvedValue({ ok: false, failure });
    await activateVersion(mara, next);
    bridge.comparison.compare.mockRejectedValue(new Error('the shell went away'));
    await activateVersion(mara, next);
    expect(bridge.library.activate).toHaveBeenCalledTimes(2);
  });

  test('does not wait for a comparison that does not come', async () => {
    vi.useFakeTimers();
    bridge.comparison.compare.mockReturnValue(new Promise(() => undefined));
    const going = activateVersion(mara, next);
    await vi.runAllTimersAsync();
    await going;
    expect(bridge.library.activate).toHaveBeenCalledOnce();
  });

  describe('another avatar', () => {
    const otto = avatarView({ projectUuid, name: 'Otto', versions: [versionView({ projectUuid })] });
    const [version = next] = otto.versions;
    const bones: Difference = { code: 'joints-removed', verdict: 'breaks-runtime', area: 'model', names: ['Head'] };

    test('is asked about where the project would miss something, and about nothing else', async () => {
      const value: Comparison = { verdict: 'breaks-runtime', differences: [bones, lost, seen] };
      bridge.comparison.compare.mockResolvedValue({ ok: true, value });
      const going = activateVersion(otto, version);
      await vi.waitFor(() => expect(ask()).not.toBeNull());
      expect(ask()).toMatchObject({ activeName: 'Mara v1', changes: [{ name: 'Otto v1', differences: [lost] }] });
      answerBreaking(true);
      await going;
      expect(bridge.library.activate).toHaveBeenCalledOnce();
    });

    test('has bones and motions of its own on purpose', async () => {
      const value: Comparison = { verdict: 'breaks-runtime', differences: [bones, seen] };
      bridge.comparison.compare.mockResolvedValue({ ok: true, value });
      await activateVersion(otto, version);
      expect(bridge.library.activate).toHaveBeenCalledOnce();
    });
  });

  test('is not looked into twice by a second press', async () => {
    bridge.comparison.compare.mockResolvedValue(comparisonOf('visible'));
    await Promise.all([activateVersion(mara, next), activateVersion(mara, next)]);
    expect(bridge.library.activate).toHaveBeenCalledOnce();
  });

  test('is not asked about where everything that it breaks was just looked at', async () => {
    await activateWithoutAsking(mara, next);
    expect(bridge.comparison.compare).not.toHaveBeenCalled();
    expect(bridge.library.activate).toHaveBeenCalledOnce();
  });

  test('is not asked about again where it won against what somebody else made live', async () => {
    const conflict = operationView({ state: 'conflict', projectUuid });
    await resolveConflicts([conflict], 'mine');
    expect(bridge.operations.resolve).toHaveBeenCalledExactlyOnceWith({ ids: [conflict.id], choice: 'mine' });
    expect(bridge.comparison.compare).not.toHaveBeenCalled();
  });

  test('the same two are compared once: their bytes never change', async () => {
    bridge.comparison.compare.mockResolvedValue(comparisonOf('harmless'));
    await activateVersion(mara, next);
    await activateVersion(mara, next);
    expect(bridge.comparison.compare).toHaveBeenCalledOnce();
  });
});

describe('sending files that go live', () => {
  const suggestion = {
    kind: 'version',
    avatarUuid: mara.avatarUuid,
    avatarName: 'Mara',
    nextVersion: 3,
    because: 'manifest-id',
  } as const;
  const files = [
    stagedFile({ projectUuid, fileName: 'one.gab', suggestion }),
    stagedFile({ projectUuid, fileName: 'two.gab', suggestion }),
    stagedFile({ projectUuid, fileName: 'otto.gab' }),
  ];
  const plan = planSheet(files, {}, [mara]);

  beforeEach(() => {
    applyStaged(projectUuid, files);
    setActivateAfterUpload(true);
  });

  test('one question for the whole sheet: new versions of what is live, and what is live at the end', async () => {
    bridge.comparison.compare.mockResolvedValue(comparisonOf('breaks-runtime'));
    const sending = confirmUpload(projectUuid, plan);
    await vi.waitFor(() => expect(ask()).not.toBeNull());
    expect(ask()?.changes.map(({ name }) => name)).toEqual(['one.gab', 'two.gab', 'otto.gab']);
    answerBreaking(true);
    await sending;
    expect(bridge.uploads.confirm).toHaveBeenCalledOnce();
    expect(ask()).toBeNull();
  });

  test('nothing is sent when the answer is no', async () => {
    bridge.comparison.compare.mockResolvedValue(comparisonOf('breaks-runtime'));
    const sending = confirmUpload(projectUuid, plan);
    await vi.waitFor(() => expect(ask()).not.toBeNull());
    answerBreaking(false);
    await sending;
    expect(bridge.uploads.confirm).not.toHaveBeenCalled();
  });

  test('no question where they do not go live', async () => {
    bridge.comparison.compare.mockResolvedValue(comparisonOf('breaks-runtime'));
    setActivateAfterUpload(false);
    await confirmUpload(projectUuid, plan);
    expect(bridge.comparison.compare).not.toHaveBeenCalled();
    expect(bridge.uploads.confirm).toHaveBeenCalledOnce();
  });
});
