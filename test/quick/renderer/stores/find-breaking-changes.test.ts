import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  activateAfterComparison,
  activateVersion,
  useActivation,
} from '../../../../renderer/stores/activation/activation-store.ts';
import { answerBreaking, useBreakingQuestion } from '../../../../renderer/stores/activation/breaking-question.ts';
import { clearComparisonCache } from '../../../../renderer/stores/comparison/comparison-cache.ts';
import { useLibrary } from '../../../../renderer/stores/library/library-store.ts';
import { noticeQueue } from '../../../../renderer/stores/notices/notices.ts';
import { resolveConflicts } from '../../../../renderer/stores/outbox/operations-store.ts';
import { applyStaged, confirmUpload } from '../../../../renderer/stores/uploads/staging-store.ts';
import { planSheet } from '../../../../renderer/stores/uploads/upload-choices.ts';
import type { Comparison, Difference, DifferenceVerdict } from '../../../../shared/gab/compare/comparison.ts';
import { stubBridge } from '../../../support/stub-bridge.ts';
import { avatarView, nextUuid, operationView, projectView, stagedFile, versionView } from '../../../support/views.ts';

const projectUuid = nextUuid();
const active = versionView({ projectUuid, version: 1, isActive: true });
const next = versionView({ projectUuid, version: 2 });
const mara = avatarView({ projectUuid, name: 'Mara', versions: [next, active] });

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

function openQuestion(): ReturnType<typeof useBreakingQuestion.getState>['asked'] {
  return useBreakingQuestion.getState().asked;
}

beforeEach(() => {
  stubBridge(bridge);
  bridge.comparison.compare.mockReset();
  bridge.library.activate.mockReset().mockResolvedValue({ ok: true, value: { kind: 'done', activationUuid: null } });
  bridge.operations.resolve.mockReset().mockResolvedValue({ ok: true, value: null });
  bridge.uploads.confirm.mockReset().mockResolvedValue({ ok: true, value: { queued: 1 } });
  clearComparisonCache();
  noticeQueue.clear();
  const activeInProject = {
    versionUuid: active.uuid,
    avatarUuid: mara.avatarUuid,
    name: 'Mara',
    version: 1,
    thumbnailUrl: null,
  };
  useLibrary.setState({
    projects: [projectView({ uuid: projectUuid, active: activeInProject })],
    avatarsByProject: { [projectUuid]: [mara] },
  });
});

afterEach(() => {
  answerBreaking('cancel');
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('activating a version', () => {
  test('asks once before a breaking activation, and lists only the breaking differences', async () => {
    bridge.comparison.compare.mockResolvedValue(comparisonOf('breaks-runtime'));
    const activating = activateVersion(mara, next);
    await vi.waitFor(() => expect(openQuestion()).not.toBeNull());
    expect(openQuestion()).toMatchObject({
      activeName: 'Mara v1',
      changes: [{ name: 'Mara v2', differences: [lost] }],
    });
    expect(bridge.library.activate).not.toHaveBeenCalled();
    answerBreaking('make-live');
    await activating;
    expect(bridge.library.activate).toHaveBeenCalledExactlyOnceWith({
      projectUuid,
      versionUuid: next.uuid,
      expectedActiveUuid: active.uuid,
      how: 'choice',
    });
    expect(openQuestion()).toBeNull();
  });

  test('does not activate if the answer is no', async () => {
    bridge.comparison.compare.mockResolvedValue(comparisonOf('breaks-runtime'));
    const activating = activateVersion(mara, next);
    await vi.waitFor(() => expect(openQuestion()).not.toBeNull());
    answerBreaking('cancel');
    await activating;
    expect(bridge.library.activate).not.toHaveBeenCalled();
    expect(useActivation.getState().pendingUuid).toBeNull();
  });

  test.each(['visible', 'harmless'] as const)('does not ask about %s changes', async (verdict) => {
    bridge.comparison.compare.mockResolvedValue(comparisonOf(verdict));
    await activateVersion(mara, next);
    expect(bridge.library.activate).toHaveBeenCalledOnce();
  });

  describe('that could not be compared', () => {
    const offline = { code: 'offline', serverUrl: 'https://gabinet.example.com', status: null } as const;

    test.each([
      { why: 'the comparison fails', answer: async () => ({ ok: false, failure: offline }), failure: offline },
      {
        why: 'the shell does not answer',
        answer: () => Promise.reject(new Error('the shell is gone')),
        failure: { code: 'unexpected' },
      },
      { why: 'the comparison takes long', answer: () => new Promise(() => undefined), failure: null },
    ])('is not activated without an answer if $why', async ({ answer, failure }) => {
      vi.useFakeTimers();
      bridge.comparison.compare.mockImplementation(answer);
      const activating = activateVersion(mara, next);
      await vi.runAllTimersAsync();
      expect(openQuestion()).toMatchObject({
        activeName: 'Mara v1',
        changes: [],
        undrawn: [],
        uncompared: {
          name: 'Mara v2',
          pair: { from: { versionUuid: active.uuid }, to: { versionUuid: next.uuid } },
          failure,
        },
      });
      expect(bridge.library.activate).not.toHaveBeenCalled();
      answerBreaking('make-live');
      await activating;
      expect(bridge.library.activate).toHaveBeenCalledOnce();
    });

    test('is asked about by the name that the project knows, although no avatar is loaded', async () => {
      useLibrary.setState({ avatarsByProject: {} });
      bridge.comparison.compare.mockResolvedValue({ ok: false, failure: offline });
      const activating = activateVersion(mara, next, 'rollback');
      await vi.waitFor(() => expect(openQuestion()).toMatchObject({ activeName: 'Mara v1' }));
      answerBreaking('cancel');
      await activating;
      expect(bridge.library.activate).not.toHaveBeenCalled();
    });

    test('is activated without a question where nothing is live', async () => {
      useLibrary.setState({ projects: [projectView({ uuid: projectUuid })] });
      await activateVersion(mara, next);
      expect(bridge.comparison.compare).not.toHaveBeenCalled();
      expect(bridge.library.activate).toHaveBeenCalledOnce();
    });
  });

  describe('of another avatar', () => {
    const otto = avatarView({ projectUuid, name: 'Otto', versions: [versionView({ projectUuid })] });
    const [version = next] = otto.versions;
    const bones: Difference = { code: 'joints-removed', verdict: 'breaks-runtime', area: 'model', names: ['Head'] };

    test('asks only about differences that the project depends on', async () => {
      const value: Comparison = { verdict: 'breaks-runtime', differences: [bones, lost, seen] };
      bridge.comparison.compare.mockResolvedValue({ ok: true, value });
      const activating = activateVersion(otto, version);
      await vi.waitFor(() => expect(openQuestion()).not.toBeNull());
      expect(openQuestion()).toMatchObject({
        activeName: 'Mara v1',
        changes: [{ name: 'Otto v1', differences: [lost] }],
      });
      answerBreaking('make-live');
      await activating;
      expect(bridge.library.activate).toHaveBeenCalledOnce();
    });

    test('does not ask about bones and motions, which differ between avatars', async () => {
      const value: Comparison = { verdict: 'breaks-runtime', differences: [bones, seen] };
      bridge.comparison.compare.mockResolvedValue({ ok: true, value });
      await activateVersion(otto, version);
      expect(bridge.library.activate).toHaveBeenCalledOnce();
    });
  });

  test('ignores a second press while the first one is being checked', async () => {
    bridge.comparison.compare.mockResolvedValue(comparisonOf('visible'));
    await Promise.all([activateVersion(mara, next), activateVersion(mara, next)]);
    expect(bridge.library.activate).toHaveBeenCalledOnce();
  });

  test('does not ask on the comparison page, which shows all differences', async () => {
    await activateAfterComparison(mara, next);
    expect(bridge.comparison.compare).not.toHaveBeenCalled();
    expect(bridge.library.activate).toHaveBeenCalledOnce();
  });

  describe('that the preview could not draw', () => {
    const drawingFailure = { code: 'damaged', detail: 'portrait/face.png cannot be decoded' } as const;
    const undrawn = versionView({ projectUuid, version: 3, drawingFailure });

    test.each([
      { how: 'anywhere', activate: activateVersion },
      { how: 'on the comparison page', activate: activateAfterComparison },
    ])('asks once with the reason, $how, also without a server', async ({ activate }) => {
      const failure = { code: 'offline', serverUrl: 'https://gabinet.example.com', status: null } as const;
      bridge.comparison.compare.mockResolvedValue({ ok: false, failure });
      const activating = activate(mara, undrawn);
      await vi.waitFor(() => expect(openQuestion()).not.toBeNull());
      expect(openQuestion()).toMatchObject({
        activeName: 'Mara v1',
        changes: [],
        undrawn: [{ name: 'Mara v3', failure: drawingFailure }],
      });
      answerBreaking('make-live');
      await activating;
      expect(bridge.library.activate).toHaveBeenCalledOnce();
    });

    test('asks although nothing is active', async () => {
      useLibrary.setState({ projects: [projectView({ uuid: projectUuid })] });
      const activating = activateVersion(mara, undrawn);
      await vi.waitFor(() => expect(openQuestion()).toMatchObject({ activeName: null }));
      answerBreaking('cancel');
      await activating;
      expect(bridge.library.activate).not.toHaveBeenCalled();
    });

    test('does not ask if that may be due to this computer', async () => {
      bridge.comparison.compare.mockResolvedValue(comparisonOf('harmless'));
      await activateVersion(mara, { ...undrawn, drawingFailure: { code: 'context-lost', detail: '' } });
      expect(bridge.library.activate).toHaveBeenCalledOnce();
    });
  });

  test('does not ask when a conflict is resolved in its favor', async () => {
    const conflict = operationView({ state: 'conflict', projectUuid });
    await resolveConflicts([conflict], 'mine');
    expect(bridge.operations.resolve).toHaveBeenCalledExactlyOnceWith({ ids: [conflict.id], choice: 'mine' });
    expect(bridge.comparison.compare).not.toHaveBeenCalled();
  });

  test('compares the same pair only once', async () => {
    bridge.comparison.compare.mockResolvedValue(comparisonOf('harmless'));
    await activateVersion(mara, next);
    await activateVersion(mara, next);
    expect(bridge.comparison.compare).toHaveBeenCalledOnce();
  });
});

describe('uploading a file that becomes active', () => {
  const suggestion = {
    kind: 'version',
    avatarUuid: mara.avatarUuid,
    avatarName: 'Mara',
    nextVersion: 3,
    because: 'manifest-id',
  } as const;
  const one = stagedFile({ projectUuid, fileName: 'one.gab', suggestion });
  const otto = stagedFile({ projectUuid, fileName: 'otto.gab' });
  const send = (file = one) => {
    const files = file === otto || file === one ? [one, otto] : [one, otto, file];
    applyStaged(projectUuid, files);
    const choices = { [file.stageId]: { activate: true } };
    return confirmUpload(projectUuid, planSheet(files, choices, { avatars: [mara], hasActive: true }));
  };
  const sentItem = ({ stageId }: { stageId: string }) =>
    bridge.uploads.confirm.mock.calls[0]?.[0].items.find((item: { stageId: string }) => item.stageId === stageId);

  test('asks about the one that is to be active, and may then replace what it was compared with', async () => {
    bridge.comparison.compare.mockResolvedValue(comparisonOf('breaks-runtime'));
    const sending = send();
    await vi.waitFor(() => expect(openQuestion()).not.toBeNull());
    expect(openQuestion()?.changes.map(({ name }) => name)).toEqual(['one.gab']);
    answerBreaking('make-live');
    await sending;
    expect(sentItem(one)).toMatchObject({ activate: true, activateOver: active.uuid });
    expect(sentItem(otto)).not.toHaveProperty('activate');
    expect(openQuestion()).toBeNull();
  });

  test('replaces nothing without a question if the comparison fails, takes too long or has no server', async () => {
    bridge.comparison.compare.mockResolvedValue({ ok: false, failure: { code: 'offline' } });
    await send();
    expect(openQuestion()).toBeNull();
    expect(sentItem(one)).toMatchObject({ activate: true });
    expect(sentItem(one)).not.toHaveProperty('activateOver');
    expect(noticeQueue.visibleToasts.map(({ content }) => content.title)).toEqual([
      'one.gab goes live after it has been compared with Mara v1',
    ]);
  });

  test('asks about a file that the preview could not draw', async () => {
    bridge.comparison.compare.mockResolvedValue(comparisonOf('harmless'));
    const drawingFailure = { code: 'unsupported', detail: '' } as const;
    const sending = send(stagedFile({ projectUuid, fileName: 'fay.gab', drawingFailure }));
    await vi.waitFor(() => expect(openQuestion()).not.toBeNull());
    expect(openQuestion()).toMatchObject({ changes: [], undrawn: [{ name: 'fay.gab', failure: drawingFailure }] });
    answerBreaking('cancel');
    await sending;
    expect(bridge.uploads.confirm).not.toHaveBeenCalled();
  });

  test('uploads nothing if the answer is no', async () => {
    bridge.comparison.compare.mockResolvedValue(comparisonOf('breaks-runtime'));
    const sending = send();
    await vi.waitFor(() => expect(openQuestion()).not.toBeNull());
    answerBreaking('cancel');
    await sending;
    expect(bridge.uploads.confirm).not.toHaveBeenCalled();
  });

  test('uploads it without making it live if that is the answer', async () => {
    bridge.comparison.compare.mockResolvedValue(comparisonOf('breaks-runtime'));
    const sending = send();
    await vi.waitFor(() => expect(openQuestion()?.areFiles).toBe(true));
    answerBreaking('only-upload');
    await sending;
    expect(sentItem(one)).not.toHaveProperty('activate');
  });

  test('does not ask if none is activated', async () => {
    bridge.comparison.compare.mockResolvedValue(comparisonOf('breaks-runtime'));
    applyStaged(projectUuid, [one, otto]);
    await confirmUpload(projectUuid, planSheet([one, otto], {}, { avatars: [mara], hasActive: true }));
    expect(bridge.comparison.compare).not.toHaveBeenCalled();
    expect(bridge.uploads.confirm).toHaveBeenCalledOnce();
  });
});
