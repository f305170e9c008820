import { afterEach, describe, expect, test } from 'vitest';
import { useLibrary } from '../../../../renderer/stores/library/library-store.ts';
import { forgetTransfers, useTransfers } from '../../../../renderer/stores/transfers/transfers-store.ts';
import { showNotificationTarget } from '../../../../renderer/stores/view/notification-target.ts';
import { forgetView, useView } from '../../../../renderer/stores/view/view-store.ts';
import { nextUuid, projectView } from '../../../support/views.ts';

afterEach(() => {
  forgetView();
  forgetTransfers();
  useLibrary.setState({ projects: null });
});

describe('a click on a notification', () => {
  test('about transfers opens their list', () => {
    showNotificationTarget({ kind: 'transfers' });
    expect(useTransfers.getState().isTrayOpen).toBe(true);
  });

  test('about a project opens it, unless it is gone', () => {
    const project = projectView();
    useLibrary.setState({ projects: [project] });
    showNotificationTarget({ kind: 'project', projectUuid: project.uuid });
    const page = { kind: 'project', projectUuid: project.uuid };
    expect(useView.getState().page).toEqual(page);
    showNotificationTarget({ kind: 'project', projectUuid: nextUuid() });
    expect(useView.getState().page).toEqual(page);
  });
});
