import { describe, expect, expectTypeOf, it } from 'vitest';
import {
  type AvatarUuid,
  avatarUuidSchema,
  uuidSchema,
  type VersionUuid,
  versionUuidSchema,
} from '../../../../shared/domain/ids.ts';
import { newAvatarUuid, newVersionUuid } from '../../../support/uuids.ts';

describe('the UUIDs of versions and avatars', () => {
  it('do not convert into each other, but are strings', () => {
    expectTypeOf<VersionUuid>().not.toExtend<AvatarUuid>();
    expectTypeOf<AvatarUuid>().not.toExtend<VersionUuid>();
    expectTypeOf<string>().not.toExtend<VersionUuid>();
    expectTypeOf<VersionUuid>().toExtend<string>();
  });

  it('accept any UUID at run time', () => {
    for (const schema of [uuidSchema, versionUuidSchema, avatarUuidSchema]) {
      expect(schema.safeParse(newVersionUuid()).success).toBe(true);
      expect(schema.safeParse(newAvatarUuid()).success).toBe(true);
      expect(schema.safeParse('mara').success).toBe(false);
    }
  });
});
