import { describe, expect, test } from 'vitest';
import { recheckGroups } from '../../../../renderer/features/project/recheck-rules.ts';
import {
  activeFault,
  avatarState,
  avatarStateLabel,
  versionFault,
} from '../../../../renderer/stores/library/item-state.ts';
import { activeFaultNote } from '../../../../renderer/stores/library/version-labels.ts';
import { recheckResult } from '../../../../shared/domain/recheck-result.ts';
import { avatarView, versionView } from '../../../support/views.ts';

const at = (day: number) => `2026-11-0${day}T04:22:00.000Z`;
const recheck = (day: number, uploadActivatable = true) => ({
  at: at(day),
  uploadVerdict: uploadActivatable ? ('valid' as const) : ('opaque' as const),
  uploadActivatable,
});
const fails = versionView({ version: 3, verdict: 'invalid', activatable: false, recheck: recheck(2), isActive: true });
const warns = versionView({ version: 2, verdict: 'valid-with-warnings', recheck: recheck(1) });
const passes = versionView({ version: 1, recheck: recheck(1, false) });
const same = versionView({ version: 4 });
const mara = avatarView({ name: 'Mara', versions: [fails, warns, passes] });
const otto = avatarView({ name: 'Otto', versions: [same] });

describe('what newer rules of the check mean for a version', () => {
  test('follows from the verdict of the upload, whatever came in between', () => {
    expect([fails, warns, passes, same].map(recheckResult)).toEqual(['fails', 'other-findings', 'passes', null]);
    const refused = versionView({ verdict: 'invalid', activatable: false, recheck: recheck(1, false) });
    expect(recheckResult(refused)).toBe('fails');
  });

  test('is listed by project, the worst first, with the time of the newest', () => {
    const { groups, until } = recheckGroups([mara, otto], null);
    expect(groups.map(({ result, versions }) => [result, versions.map(({ version }) => version.version)])).toEqual([
      ['fails', [3]],
      ['other-findings', [2]],
      ['passes', [1]],
    ]);
    expect(until).toBe(at(2));
  });

  test('is listed until it is dismissed, and again if more is found', () => {
    expect(recheckGroups([mara, otto], at(1)).groups.map(({ result }) => result)).toEqual(['fails']);
    expect(recheckGroups([mara, otto], at(2))).toEqual({ groups: [], until: null });
    expect(recheckGroups([otto], null)).toEqual({ groups: [], until: null });
  });
});

describe('the card of an active version', () => {
  test('says that it no longer passes the check, and that it is live', () => {
    expect(avatarState(mara)).toEqual({ tone: 'active', label: 'Live' });
    expect(activeFault(mara)).toBe('No longer passes');
    expect(avatarStateLabel(mara)).toBe('live, no longer passes');
    expect(activeFaultNote(fails)).toContain('It stays live');
  });

  test('says so, too, if an older application did not store what the check said at the upload', () => {
    const version = versionView({ isActive: true, verdict: 'invalid', activatable: false, recheck: null });
    expect(avatarStateLabel(avatarView({ versions: [version] }))).toBe('live, no longer passes');
  });

  test('says that the preview could not draw it, unless that may be due to this computer', () => {
    const failed = (code: 'damaged' | 'gone') =>
      avatarView({ versions: [versionView({ isActive: true, drawingFailure: { code, detail: '' } })] });
    expect(avatarStateLabel(failed('damaged'))).toBe("live, can't be drawn");
    expect(avatarStateLabel(failed('gone'))).toBe('live');
  });
});

test('the card of another version says that the preview could not draw it', () => {
  const version = versionView({ drawingFailure: { code: 'unsupported', detail: '' } });
  expect(avatarState(avatarView({ versions: [version] }))).toEqual({ tone: 'problem', label: "Can't be drawn" });
  expect(versionFault(version)).toBe("Can't be drawn");
});
