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
  it('cannot be mixed up, and are still strings', () => {
    expectTypeOf<VersionUuid>().not.toExtend<AvatarUuid>();
    expectTypeOf<AvatarUuid>().not.toExtend<VersionUuid>();
    expectTypeOf<string>().not.toExtend<VersionUuid>();
    expectTypeOf<VersionUuid>().toExtend<string>();
  });

  it('accept at run time what any UUID accepts', () => {
    for (const schema of [uuidSchema, versionUuidSchema, avatarUuidSchema]) {
      expect(schema.safeParse(newVersionUuid()).success).toBe(true);
      expect(schema.safeParse(newAvatarUuid()).success).toBe(true);
      expect(schema.safeParse('mara').success).toBe(false);
    }
  });
});
