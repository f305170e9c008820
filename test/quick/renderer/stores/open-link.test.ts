import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useSession } from '../../../../renderer/stores/account/session-store.ts';
import { useLibrary } from '../../../../renderer/stores/library/library-store.ts';
import { useOpening } from '../../../../renderer/stores/uploads/opening-store.ts';
import { showWaitingLink } from '../../../../renderer/stores/view/open-link.ts';
import { forgetView, useView } from '../../../../renderer/stores/view/view-store.ts';
import type { SessionState } from '../../../../shared/contract/session.ts';
import { stubBridge } from '../../../support/stub-bridge.ts';
import { avatarView, nextUuid, projectView } from '../../../support/views.ts';

const present = projectView();
const fresh = projectView();
const late = avatarView({ projectUuid: present.uuid });

const bridge = {
  library: { projects: vi.fn(), avatars: vi.fn(), refresh: vi.fn() },
  projects: { customers: vi.fn() },
  opening: { takeLink: vi.fn() },
};

const signedIn: SessionState = {
  serverUrl: 'https://gabinet.example',
  lastEmail: null,
  user: {
    uuid: nextUuid(),
    name: 'Dana',
    email: 'dana@example.com',
    isAdmin: false,
    memberships: [],
    mustSetUpSecondFactor: false,
  },
  connection: 'online',
  unreached: null,
  syncedAt: '2026-11-30T10:00:00.000Z',
  tokenStorage: 'os',
  notice: null,
  repair: null,
};

beforeEach(() => {
  stubBridge(bridge);
  bridge.library.projects.mockReset().mockResolvedValue({ ok: true, value: [present] });
  bridge.library.avatars.mockReset().mockResolvedValue({ ok: true, value: [] });
  bridge.projects.customers.mockReset().mockResolvedValue({ ok: true, value: [] });
  bridge.opening.takeLink.mockReset();
  useSession.setState({ session: signedIn });
  useLibrary.setState({ projects: [present] });
});

afterEach(() => {
  useSession.setState({ session: null });
  useLibrary.setState({ projects: null, customers: null });
  useOpening.setState({ hasLink: false, pageLink: null });
  forgetView();
  vi.unstubAllGlobals();
});

function follow(projectUuid: string, avatarUuid: string | null = null): void {
  bridge.opening.takeLink.mockResolvedValueOnce({ projectUuid, avatarUuid });
  useOpening.setState({ hasLink: true });
  showWaitingLink();
}

/** The server answers when the test says so, after which the library knows everything. */
function holdRefresh() {
  const { promise, resolve } = Promise.withResolvers<void>();
  bridge.library.refresh.mockReset().mockReturnValue(promise);
  return async () => {
    bridge.library.projects.mockResolvedValue({ ok: true, value: [present, fresh] });
    bridge.library.avatars.mockResolvedValue({ ok: true, value: [late] });
    resolve();
    await promise;
    await new Promise(setImmediate);
  };
}

test('a link that is still looked for on the server does not replace a newer one', async () => {
  const answerRefresh = holdRefresh();
  follow(fresh.uuid);
  await vi.waitFor(() => expect(bridge.library.refresh).toHaveBeenCalledOnce());
  follow(present.uuid);
  const page = { kind: 'project', projectUuid: present.uuid };
  await vi.waitFor(() => expect(useView.getState().page).toEqual(page));
  await answerRefresh();
  expect(useView.getState().page).toEqual(page);
});

test('nor does its avatar become the selected one', async () => {
  const answerRefresh = holdRefresh();
  follow(present.uuid, late.avatarUuid);
  await vi.waitFor(() => expect(bridge.library.refresh).toHaveBeenCalledOnce());
  follow(present.uuid);
  await vi.waitFor(() => expect(bridge.projects.customers).toHaveBeenCalledTimes(2));
  await answerRefresh();
  expect(useView.getState().selectedAvatarUuid).toBeNull();
});

test('the only link is shown as soon as the server has answered', async () => {
  const answerRefresh = holdRefresh();
  follow(fresh.uuid);
  await vi.waitFor(() => expect(bridge.library.refresh).toHaveBeenCalledOnce());
  expect(useView.getState().page).toBeNull();
  await answerRefresh();
  await vi.waitFor(() => expect(useView.getState().page).toEqual({ kind: 'project', projectUuid: fresh.uuid }));
});
