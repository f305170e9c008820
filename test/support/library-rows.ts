import { randomUUID } from 'node:crypto';
import type { AvatarResponse } from '../../shared/api/avatars.ts';
import type { ProjectResponse } from '../../shared/api/projects.ts';
import { newAvatarUuid, newVersionUuid } from './uuids.ts';

/** A version as the API returns it; pass only what matters to the test. */
export function avatarResponse(more: Partial<AvatarResponse> = {}): AvatarResponse {
  const uuid = more.uuid ?? newVersionUuid();
  return {
    id: 1,
    uuid,
    project_id: 1,
    project_uuid: randomUUID(),
    filename: `${uuid}.gab`,
    original_filename: 'mara.gab',
    file_size: 1000,
    is_active: false,
    created_at: '2026-01-01T00:00:00.000Z',
    updated_at: null,
    lineage_uuid: newAvatarUuid(),
    version: 1,
    name: 'Mara',
    tags: [],
    description: '',
    created_by_user_id: 1,
    created_by_name: 'Dana',
    sha256: 'a'.repeat(64),
    container: 'gab',
    verdict: 'valid',
    activatable: true,
    issues: [],
    recheck: null,
    manifest_id: null,
    body_type: 'model3d',
    thumbnail_url: `/api/customer/avatars/${uuid}/thumbnail?v=0123456789abcdef`,
    deleted_at: null,
    ...more,
  };
}

/** A project as the API returns it. */
export function projectResponse(more: Partial<ProjectResponse> = {}): ProjectResponse {
  return {
    id: 1,
    uuid: randomUUID(),
    customer_uuid: randomUUID(),
    customer_name: 'Aurora',
    name: 'Concierge desk',
    created_at: '2026-01-01T00:00:00.000Z',
    updated_at: null,
    avatar_count: 0,
    active_avatar: null,
    active_set_by: null,
    active_set_at: null,
    activations: [],
    deleted_at: null,
    ...more,
  };
}
