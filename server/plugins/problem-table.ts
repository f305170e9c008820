import type { ProblemCode } from '../../shared/api/problem.ts';

interface ProblemKind {
  readonly status: number;
  readonly title: string;
  /** How to fix it, where the case itself says nothing better. */
  readonly hint: string;
}

/** Status, title and general hint of every code. Codes never change meaning; these texts may. */
export const PROBLEM_TABLE: Readonly<Record<ProblemCode, ProblemKind>> = {
  unauthenticated: {
    status: 401,
    title: 'Not signed in',
    hint: 'Sign in at POST /api/auth/sessions and send the token as "Authorization: Bearer <token>".',
  },
  invalid_credentials: {
    status: 401,
    title: 'Wrong e-mail or password',
    hint: 'Check the e-mail address, then type the password again.',
  },
  forbidden: {
    status: 403,
    title: 'Not allowed',
    hint: 'Ask a designer of your team or an administrator to do it, or to change your role.',
  },
  not_found: { status: 404, title: 'Not found', hint: 'Check the address; it may have been deleted meanwhile.' },
  invalid_request: { status: 400, title: 'Invalid request', hint: 'Correct what `errors` names and send it again.' },
  too_many_requests: {
    status: 429,
    title: 'Too many attempts',
    hint: 'Wait as long as Retry-After says, then try again.',
  },
  file_missing: { status: 422, title: 'No file', hint: 'Send the .gab file as the multipart field "file".' },
  file_extension: {
    status: 422,
    title: 'Not a .gab file',
    hint: 'Export the avatar as a .gab bundle. Renaming another file does not make it one.',
  },
  file_too_large: {
    status: 413,
    title: 'File too large',
    hint: 'Reduce textures and meshes below 50 MiB; below 10 MB an avatar loads quickly on phones.',
  },
  upload_position: {
    status: 409,
    title: 'Another part of the upload is next',
    hint: 'Ask how the upload stands, and go on from there.',
  },
  upload_unfinished: {
    status: 409,
    title: 'Upload not finished',
    hint: 'Ask how the upload stands, send what is missing, then complete it.',
  },
  upload_restart: {
    status: 409,
    title: 'Upload begins anew',
    hint: 'Ask how the upload stands: the whole file is to be sent now.',
  },
  upload_incomplete: { status: 400, title: 'Upload incomplete', hint: 'Send the whole file again.' },
  bundle_invalid: {
    status: 422,
    title: 'Bundle refused',
    hint: 'Fix what `issues` names and export the bundle again.',
  },
  not_activatable: {
    status: 422,
    title: 'Cannot be made active',
    hint: 'Upload a version without the findings that `issues` names.',
  },
  active_conflict: {
    status: 409,
    title: 'The active avatar changed meanwhile',
    hint: 'Look at `current` and, if you still want to, send it again with its uuid as `expected_active_uuid`.',
  },
  edit_conflict: {
    status: 409,
    title: 'Edited by somebody else meanwhile',
    hint: 'Look at `current_fields` and, if you still want to, send it again with them as `expected`.',
  },
  lineage_not_found: {
    status: 404,
    title: 'No such avatar',
    hint: 'Leave `lineage_uuid` away to upload it as a new avatar.',
  },
  trashed: { status: 409, title: 'In the trash', hint: 'Restore it first.' },
  project_name_taken: { status: 409, title: 'Name taken', hint: 'Choose another project name.' },
  cursor_expired: {
    status: 410,
    title: 'Read the changes from the beginning',
    hint: 'Ask with since=0 and replace what you have of this customer by what comes.',
  },
  idempotency_key_reused: {
    status: 422,
    title: 'Idempotency-Key reused',
    hint: 'Use a new Idempotency-Key for every new upload and every new operation.',
  },
  range_not_satisfiable: {
    status: 416,
    title: 'Range not satisfiable',
    hint: 'Content-Range tells how many bytes the file has.',
  },
  unsupported_media_type: {
    status: 415,
    title: 'Unsupported media type',
    hint: 'Uploads are multipart/form-data; everything else is application/json.',
  },
  storage_full: { status: 507, title: 'Storage full', hint: 'Tell the administrator; nothing was lost.' },
  unavailable: { status: 503, title: 'Temporarily unavailable', hint: 'Try again in a moment.' },
  internal: { status: 500, title: 'Internal error', hint: 'Tell the administrator the `instance` and the time.' },
};
