import type { ProblemCode } from '../../../shared/domain/problem-codes.ts';
import type { QuotaExceeded, QuotaScope } from '../../../shared/domain/quota.ts';
import { sentence } from '../../../shared/lib/sentence.ts';
import { formatBytes } from '../../../shared/lib/sizes.ts';
import { type FailureText, RETRY } from './texts.en.ts';

/** Which quota a file does not fit. */
export function quotaText({ scope, file_bytes, used_bytes, quota_bytes }: QuotaExceeded): Omit<FailureText, 'title'> {
  const { uses, isFull, ask } = QUOTA_SCOPES[scope];
  const use =
    used_bytes === null || quota_bytes === null
      ? isFull
      : sentence`${uses} ${formatBytes(used_bytes)} of ${formatBytes(quota_bytes)}`;
  return {
    detail: sentence`${use}; this file needs ${formatBytes(file_bytes)}.`,
    hint: sentence`Ask ${ask} for more. The trash counts until it is emptied.`,
  };
}

interface QuotaScopeTexts {
  readonly uses: string;
  readonly isFull: string;
  readonly ask: string;
}

const QUOTA_SCOPES: Readonly<Record<QuotaScope, QuotaScopeTexts>> = {
  project: { uses: 'The project uses', isFull: "The project's storage is full", ask: 'a manager' },
  customer: { uses: 'The customer uses', isFull: "The customer's storage is full", ask: 'your administrator' },
  user: { uses: 'Your uploads use', isFull: 'Your storage is full', ask: 'your administrator' },
};

/** Of a failure that says which fields are wrong, and how. */
export const wrongFieldsTitle = 'Check what you entered';

type RefusalText = Omit<FailureText, 'detail'> & {
  /** Replaces the server's own sentence. */
  readonly detail?: string;
};

/** What the server refuses. Its own sentence becomes the detail, unless there is one here. */
export const refusalTexts: Readonly<Record<ProblemCode, RefusalText>> = {
  unauthenticated: { title: 'Not signed in', hint: 'Sign in again.' },
  invalid_credentials: { title: 'Sign-in failed', detail: 'Wrong email or password.' },
  setup_required: {
    title: 'The server is not set up yet',
    hint: 'Open the setup link that it printed when it started.',
  },
  host_not_allowed: { title: "The server doesn't know this address", hint: 'Use another address of the server.' },
  second_factor_required: { title: 'Code needed', hint: 'Type the code that your authenticator shows.' },
  second_factor_setup_required: {
    title: 'Second factor needed',
    hint: 'Set one up in your account. Your role needs it.',
  },
  wrong_code: { title: 'Wrong code', hint: 'Type the newest code that your authenticator shows.' },
  wrong_password: { title: 'Wrong password', hint: 'Type your current password again.' },
  weak_password: { title: 'Choose another password', hint: 'At least 12 characters that nobody would guess.' },
  passwords_off: { title: "This server doesn't accept passwords", hint: 'Sign in with your identity provider.' },
  provider_unavailable: {
    title: "The identity provider can't be used right now",
    hint: 'Try again in a moment, or ask your administrator.',
  },
  provider_refused: { title: 'Sign-in refused', hint: 'Try to sign in again.' },
  provider_no_access: { title: 'No access', hint: 'Ask your administrator to add you to a group that has access.' },
  provider_account_exists: {
    title: 'Your email address belongs to another account',
    hint: 'Sign in with its password, or ask your administrator.',
  },
  account_disabled: { title: 'Account disabled', hint: 'Ask your administrator to enable it again.' },
  demo_only: { title: "Demo accounts can't sign in here", hint: 'Sign in with another account.' },
  link_invalid: { title: 'Link no longer valid', hint: 'Ask for a new link.' },
  last_admin: { title: 'Last administrator', hint: 'Make somebody else an administrator first.' },
  already_done: { title: 'Already done', hint: RETRY },
  slug_taken: { title: 'Short name taken', hint: 'Choose another short name.' },
  project_trashed: { title: 'Project in the trash', hint: 'Restore the project first.' },
  forbidden: { title: 'Not allowed', hint: 'Ask your administrator for access.' },
  not_found: { title: 'Not found', hint: 'It may have been deleted in the meantime.' },
  invalid_request: {
    title: "The server can't process this",
    detail: 'Something in it is not as the server expects it.',
    hint: 'Check what you entered.',
  },
  request_too_large: { title: "The server can't process this", hint: 'Make the text shorter.' },
  headers_too_large: { title: "The server can't process this", hint: 'Update Gabinet, then try again.' },
  request_timeout: { title: 'The connection is too slow', hint: RETRY },
  too_many_requests: { title: 'Too many attempts', hint: 'Wait a moment, then try again.' },
  file_missing: { title: 'File missing', hint: RETRY },
  file_extension: { title: 'Not a .gab file', hint: 'Choose a .gab file.' },
  file_too_large: { title: 'File too large', hint: 'Make the file smaller than 50 MiB.' },
  upload_incomplete: { title: 'Upload incomplete', hint: RETRY },
  upload_position: { title: 'Upload interrupted', hint: RETRY },
  upload_unfinished: { title: 'Upload not finished', hint: RETRY },
  upload_restart: { title: 'Upload must restart', hint: RETRY },
  bundle_invalid: { title: 'Bundle refused', hint: 'Fix the findings and upload the bundle again.' },
  not_activatable: { title: "Can't make this version live", hint: 'See its findings in the details.' },
  active_conflict: { title: 'The live avatar changed', hint: 'Look at what is live now, then try again.' },
  edit_conflict: { title: 'Someone else edited it', hint: 'Look at the changes, then try again.' },
  lineage_not_found: { title: 'Avatar not found', hint: 'Upload the file as a new avatar.' },
  trashed: { title: 'In the trash', hint: 'Restore it first.' },
  project_name_taken: { title: 'Name taken', hint: 'Choose another project name.' },
  cursor_expired: { title: 'The library is outdated', hint: RETRY },
  idempotency_key_reused: { title: 'Already sent', hint: RETRY },
  range_not_satisfiable: { title: 'Download interrupted', hint: RETRY },
  unsupported_media_type: { title: "The server can't process this", hint: 'Update Gabinet, then try again.' },
  quota_exceeded: { title: 'Not enough storage', hint: 'Ask a manager or your administrator for more.' },
  storage_full: { title: 'The server is full', hint: 'Tell your administrator.' },
  unavailable: { title: "The server isn't available", hint: RETRY },
  internal: { title: 'Something went wrong on the server', hint: 'Tell your administrator what you did, and when.' },
};
