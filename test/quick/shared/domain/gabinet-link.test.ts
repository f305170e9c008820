import { describe, expect, test } from 'vitest';
import {
  formatGabinetLink,
  formatLinkHash,
  isGabinetLink,
  readGabinetLink,
  readLinkHash,
} from '../../../../shared/domain/gabinet-link.ts';
import { avatarUuidSchema } from '../../../../shared/domain/ids.ts';

const PROJECT = '7d0c1f5e-58d3-4c0e-9a55-4f6f1d7b2a10';
const AVATAR = '0f4b9a52-1111-4222-8333-944455566677';
const project = { projectUuid: PROJECT, avatarUuid: null };
const avatar = { projectUuid: PROJECT, avatarUuid: avatarUuidSchema.parse(AVATAR) };

describe('gabinet:// links', () => {
  test('are written and read for a project and for an avatar', () => {
    expect(formatGabinetLink(project)).toBe(`gabinet://project/${PROJECT}`);
    expect(formatGabinetLink(avatar)).toBe(`gabinet://project/${PROJECT}/avatar/${AVATAR}`);
    for (const target of [project, avatar]) expect(readGabinetLink(formatGabinetLink(target))).toEqual(target);
  });

  test('are also read as the fragment of a page', () => {
    expect(formatLinkHash(avatar)).toBe(`#/project/${PROJECT}/avatar/${AVATAR}`);
    for (const target of [project, avatar]) expect(readLinkHash(formatLinkHash(target))).toEqual(target);
    expect(readLinkHash(`#project/${PROJECT}`)).toBeNull();
  });

  test.each([
    'gabinet:',
    'gabinet://',
    'gabinet://project/',
    'gabinet://project/mara',
    `gabinet:project/${PROJECT}`,
    `gabinet:///project/${PROJECT}`,
    `GABINET://project/${PROJECT}`,
    `gabinet://Project/${PROJECT}`,
    `gabinet://project/${PROJECT.toUpperCase()}`,
    `gabinet://project/${PROJECT}/`,
    `gabinet://project/${PROJECT}\n`,
    ` gabinet://project/${PROJECT}`,
    `gabinet://project/${PROJECT}?make-live=1`,
    `gabinet://project/${PROJECT}#/avatar/${AVATAR}`,
    `gabinet://project/${PROJECT}/avatar`,
    `gabinet://project/${PROJECT}/avatar/`,
    `gabinet://project/${PROJECT}/avatar/../../settings`,
    `gabinet://project/${PROJECT}/avatar/${AVATAR}/delete`,
    `gabinet://project/${PROJECT}/version/${AVATAR}`,
    `gabinet://user@project/${PROJECT}`,
    `gabinet://project:80/${PROJECT}`,
    `gabinet://project/${'-'.repeat(36)}`,
    `gabinet://project/${PROJECT} --no-sandbox`,
    `gabinet://project/%37d0c1f5e-58d3-4c0e-9a55-4f6f1d7b2a1`,
  ])('refuse %j', (text) => {
    expect(readGabinetLink(text)).toBeNull();
  });

  test('are recognized by their scheme, valid or not', () => {
    expect(['gabinet:', 'GABINET://x', 'gabinet://project/mara'].map(isGabinetLink)).toEqual([true, true, true]);
    expect(['gabinet', 'mara.gab', './gabinet:x', 'https://gabinet'].map(isGabinetLink)).not.toContain(true);
  });
});
