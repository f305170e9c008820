import type { ProblemCode } from '../../shared/domain/problem-codes.ts';

interface ProblemKind {
  readonly status: number;
  readonly title: string;
  /** What to do, unless the failure has a more specific hint. */
  readonly hint: string;
}

/**
 * Status, title and general hint of every code. The meaning of a code never changes; these texts
 * may.
 */
export const PROBLEM_TABLE: Readonly<Record<ProblemCode, ProblemKind>> = {
  unauthenticated: {
    status: 401,
    title: 'Not signed in',
    hint: 'Sign in at POST /api/auth/sessions, or make an access token, and send it as "Authorization: Bearer <token>".',
  },
  invalid_credentials: {
    status: 401,
    title: 'Wrong e-mail or password',
    hint: 'Check the e-mail address and type the password again.',
  },
  setup_required: {
    status: 503,
    title: 'Not set up yet',
    hint: 'Open the setup link that the server printed when it started, and create the first administrator.',
  },
  host_not_allowed: {
    status: 421,
    title: 'Unknown host name',
    hint: 'Use an address of this server, or add the name to the setting ALLOWED_HOSTS.',
  },
  second_factor_required: {
    status: 401,
    title: 'Code needed',
    hint: 'Send the code of your authenticator, or a recovery code, as `code`.',
  },
  second_factor_setup_required: {
    status: 403,
    title: 'Second factor needed',
    hint: 'Set up a second factor at POST /api/auth/me/second-factor. Your role requires one.',
  },
  wrong_code: {
    status: 403,
    title: 'Wrong code',
    hint: 'Send the newest code. If none works, check the clock of the device that shows the codes.',
  },
  wrong_password: {
    status: 403,
    title: 'Wrong password',
    hint: 'Type your current password again.',
  },
  weak_password: {
    status: 422,
    title: 'Password too weak',
    hint: 'Choose another password with at least 12 characters, such as four words that do not belong together.',
  },
  passwords_off: {
    status: 403,
    title: 'Passwords switched off',
    hint: 'Sign in with the identity provider. Operators can switch passwords on with LOCAL_PASSWORDS=1.',
  },
  provider_unavailable: {
    status: 503,
    title: 'Identity provider unavailable',
    hint: 'Try again in a moment. If it happens again, ask an administrator to look at the log of the server.',
  },
  provider_refused: {
    status: 401,
    title: 'Refused by the identity provider',
    hint: 'Begin the sign-in again.',
  },
  provider_no_access: {
    status: 403,
    title: 'No access',
    hint: 'Ask an administrator to add you to a group that has access.',
  },
  provider_account_exists: {
    status: 409,
    title: 'E-mail address taken',
    hint: 'Sign in with the password of that account, or ask an administrator to link the two.',
  },
  account_disabled: {
    status: 403,
    title: 'Account disabled',
    hint: 'Ask an administrator to enable your account again.',
  },
  demo_only: {
    status: 403,
    title: 'Demo account',
    hint: 'Start the server with DEMO=1 on a loopback address, or sign in with another account.',
  },
  link_invalid: {
    status: 410,
    title: 'Link no longer valid',
    hint: 'Ask for a new link. Each link works once, and only until it expires.',
  },
  last_admin: {
    status: 409,
    title: 'Last administrator',
    hint: 'Make somebody else an administrator first.',
  },
  already_done: {
    status: 409,
    title: 'Already done',
    hint: 'Read the current state. Nothing needs to be done.',
  },
  slug_taken: { status: 409, title: 'Short name taken', hint: 'Choose another `slug`.' },
  forbidden: {
    status: 403,
    title: 'Not allowed',
    hint: 'Ask a manager or an administrator to do it, or to change your role.',
  },
  not_found: {
    status: 404,
    title: 'Not found',
    hint: 'Check the address. What you are looking for may have been deleted.',
  },
  invalid_request: {
    status: 400,
    title: 'Invalid request',
    hint: 'Correct the fields that `errors` lists and send the request again.',
  },
  request_too_large: {
    status: 413,
    title: 'Request too large',
    hint: 'Send less at once. Only uploads may be larger than 1 MiB.',
  },
  headers_too_large: {
    status: 431,
    title: 'Headers too large',
    hint: 'Shorten the address, or delete the cookies of this site, and send the request again.',
  },
  request_timeout: {
    status: 408,
    title: 'Request too slow',
    hint: 'Check the connection and send the request again.',
  },
  too_many_requests: {
    status: 429,
    title: 'Too many attempts',
    hint: 'Wait as long as Retry-After says, then try again.',
  },
  file_missing: { status: 422, title: 'No file', hint: 'Send the .gab file as the multipart field "file".' },
  file_extension: {
    status: 422,
    title: 'Not a .gab file',
    hint: 'Export the avatar as a .gab bundle. Renaming another file does not make it a bundle.',
  },
  file_too_large: {
    status: 413,
    title: 'File too large',
    hint: 'Reduce textures and meshes until the file is smaller than 50 MiB. Below 10 MB an avatar loads quickly on phones.',
  },
  upload_position: {
    status: 409,
    title: 'Wrong position in the upload',
    hint: 'Announce the upload again to get its position, and continue from there.',
  },
  upload_unfinished: {
    status: 409,
    title: 'Upload not finished',
    hint: 'Announce the upload again to get its position, send the missing bytes, then complete it.',
  },
  upload_restart: {
    status: 409,
    title: 'Upload must restart',
    hint: 'Announce the upload again and send the whole file.',
  },
  upload_incomplete: { status: 400, title: 'Upload incomplete', hint: 'Send the whole file again.' },
  bundle_invalid: {
    status: 422,
    title: 'Bundle rejected',
    hint: 'Fix the problems that `issues` lists and export the bundle again.',
  },
  not_activatable: {
    status: 422,
    title: 'Cannot be activated',
    hint: 'Upload a version without the problems that `issues` lists.',
  },
  active_conflict: {
    status: 409,
    title: 'The active version has changed',
    hint: 'Look at `current`. To activate your version anyway, send the request again with its `active_avatar_uuid` as `expected_active_uuid`.',
  },
  edit_conflict: {
    status: 409,
    title: 'Edited by somebody else',
    hint: 'Look at `current_fields`. To save your edit anyway, send the request again with them as `expected`.',
  },
  lineage_not_found: {
    status: 404,
    title: 'No such avatar',
    hint: 'Omit `lineage_uuid` to upload the file as a new avatar.',
  },
  project_trashed: {
    status: 409,
    title: 'Project in the trash',
    hint: 'Restore the project first.',
  },
  trashed: { status: 409, title: 'In the trash', hint: 'Restore it first.' },
  project_name_taken: { status: 409, title: 'Name taken', hint: 'Choose another project name.' },
  cursor_expired: {
    status: 410,
    title: 'Changes no longer available',
    hint: 'Request the changes with since=0 and replace everything you have of this customer.',
  },
  idempotency_key_reused: {
    status: 422,
    title: 'Idempotency-Key reused',
    hint: 'Use a new Idempotency-Key for every upload and every operation.',
  },
  range_not_satisfiable: {
    status: 416,
    title: 'Range not satisfiable',
    hint: 'Content-Range gives the size of the file in bytes.',
  },
  unsupported_media_type: {
    status: 415,
    title: 'Unsupported media type',
    hint: 'Uploads are multipart/form-data; everything else is application/json.',
  },
  storage_full: {
    status: 507,
    title: 'Storage full',
    hint: 'Ask an administrator to free some space. Nothing was lost.',
  },
  quota_exceeded: {
    status: 507,
    title: 'Not enough storage',
    hint: 'Ask a manager or an administrator for more storage. The trash counts until it is emptied.',
  },
  unavailable: { status: 503, title: 'Temporarily unavailable', hint: 'Try again in a moment.' },
  internal: {
    status: 500,
    title: 'Internal error',
    hint: 'Try again. If it happens again, give an administrator the `instance` and the time.',
  },
};
