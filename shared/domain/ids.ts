import { z } from 'zod';

/** Any RFC 9562 UUID in lower case; the database and every URL use this form. */
export const uuidSchema = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, 'must be a lower-case UUID');

/** The UUID of one uploaded file. On the wire: `avatar_uuid`. */
export const versionUuidSchema = uuidSchema.brand<'VersionUuid', 'inout'>();
export type VersionUuid = z.infer<typeof versionUuidSchema>;

/** The UUID of an avatar, which all its versions share. On the wire: `lineage_uuid`. */
export const avatarUuidSchema = uuidSchema.brand<'AvatarUuid', 'inout'>();
export type AvatarUuid = z.infer<typeof avatarUuidSchema>;
