import type { FailureCode, FailureOf } from '../../../shared/contract/failure.ts';
import type { ProblemCode } from '../../../shared/domain/problem-codes.ts';
import type { ServerAddressProblem } from '../../../shared/domain/server-address.ts';
import { sentence } from '../../../shared/lib/sentence.ts';
import { formatBytes, MIB } from '../../../shared/lib/sizes.ts';
import { certificateText, proxyText, tlsText } from './connection-texts.en.ts';

/** What happened, then what to do. */
export interface FailureText {
  readonly title: string;
  readonly detail: string;
  readonly hint?: string;
}

type TextsOf<Code extends FailureCode> = {
  readonly [Key in Code]: FailureText | ((failure: FailureOf<Key>) => FailureText);
};

const addressTexts: Readonly<Record<ServerAddressProblem, FailureText>> = {
  empty: { title: 'Server address missing', detail: 'Enter the address of your Gabinet server.' },
  malformed: {
    title: 'Not a server address',
    detail: "This address can't be read.",
    hint: 'Enter an address like https://gabinet.example.com.',
  },
  insecure: {
    title: "That connection isn't private",
    detail: 'With http, anyone on the network could read your password. http works only on this computer.',
    hint: 'Use the https:// address of the server.',
  },
  'other-protocol': {
    title: 'Not a server address',
    detail: 'Enter an address that starts with https:// (or http:// on this computer).',
  },
};

export const RETRY = 'Try again in a moment.';
const RETRY_OR_TELL = 'Try again. If it happens again, tell your administrator.';
const FREE_SPACE = 'Free some space, then try again.';

/** What goes wrong on this computer, and on the way to the server. */
export const failureTexts: TextsOf<Exclude<FailureCode, ProblemCode>> = {
  offline: ({ serverUrl, status }) =>
    status === null
      ? {
          title: "Can't reach the server",
          detail: sentence`${serverUrl} doesn't respond. You can keep working; changes are sent when you're online.`,
          hint: 'Check your network connection.',
        }
      : {
          title: "The server isn't available",
          detail: sentence`${serverUrl} answered with status ${status}.`,
          hint: RETRY,
        },
  certificate_refused: certificateText,
  tls_failed: tlsText,
  proxy_failed: proxyText,
  not_a_server: ({ serverUrl, status }) => ({
    title: 'Not a Gabinet server',
    detail: sentence`${serverUrl} answered (status ${status}), but not as a Gabinet server does.`,
    hint: 'Check the server address. If it is right, update Gabinet or ask your administrator.',
  }),
  response_too_large: ({ serverUrl, limitBytes }) => ({
    title: 'The answer is too large',
    detail: sentence`${serverUrl} sent more than ${Math.round(limitBytes / MIB)} MiB, so the rest wasn't read.`,
    hint: 'Check the server address. If it is right, tell your administrator.',
  }),
  bad_server_address: ({ problem }) => addressTexts[problem],
  not_a_link: {
    title: 'Not a link',
    detail: "That isn't a setup, invitation or reset link.",
    hint: 'Paste the whole link, or the text after its last slash.',
  },
  stopped: { title: 'Canceled', detail: 'It was canceled before the server answered.' },

  log_not_written: ({ systemCode }) => ({
    title: 'There is no log',
    detail: sentence`The log file couldn't be written when Gabinet started (${systemCode}).`,
    hint: 'Make the folder for logs writable and start Gabinet again.',
  }),

  signed_out: { title: 'Not signed in', detail: 'Sign in to do this.' },
  sign_in_expired: {
    title: 'Signed out',
    detail: 'The server no longer accepts this sign-in.',
    hint: 'Sign in again.',
  },
  sign_in_unreadable: {
    title: 'Signed out',
    detail: "The sign-in stored on this computer can't be read.",
    hint: 'Sign in again.',
  },
  provider_sign_in_canceled: { title: 'Sign-in canceled', detail: 'The sign-in was canceled.' },
  provider_sign_in_timed_out: {
    title: 'Sign-in not finished',
    detail: 'The sign-in in the browser took too long.',
    hint: 'Try again.',
  },
  browser_not_opened: {
    title: "Can't open the browser",
    detail: "The system's browser couldn't be opened.",
    hint: 'Choose a default browser in the settings of your system, then try again.',
  },
  library_not_opened: {
    title: "Can't open the library",
    detail: "The library on this computer can't be opened: its disk is full or can't be written to.",
    hint: 'Free some space, then sign in again. Nothing is lost.',
  },
  library_damaged_again: {
    title: 'The library was damaged again',
    detail: 'The library on this computer was damaged again right after Gabinet had repaired it.',
    hint: 'The disk may be failing: check it, then sign in again. The damaged files are kept beside the library.',
  },

  disk_full: { title: 'The disk is full', detail: "There isn't enough space on this computer.", hint: FREE_SPACE },
  not_enough_space: ({ neededBytes, freeBytes, reserveBytes, folder }) => ({
    title: 'Not enough space',
    detail: sentence`This needs ${formatBytes(neededBytes)} and must leave ${formatBytes(reserveBytes)} free, but only ${formatBytes(freeBytes)} is free on the disk with ${folder}.`,
    hint: FREE_SPACE,
  }),
  disk_quota_exceeded: {
    title: 'Disk quota exceeded',
    detail: "Your account can't store more on this computer.",
    hint: FREE_SPACE,
  },
  disk_read_only: {
    title: 'The disk is read-only',
    detail: "Gabinet can't write to this disk.",
    hint: 'Unlock the disk, then try again.',
  },
  no_permission: {
    title: 'No permission',
    detail: "This computer doesn't allow Gabinet to read or write the file.",
    hint: 'Check the permissions of the file and its folder.',
  },
  file_gone: {
    title: 'File not found',
    detail: 'The file was moved, renamed or deleted after you chose it.',
    hint: 'Drop it again from its new location.',
  },
  file_changed: {
    title: 'The file changed',
    detail: 'The file changed after it was checked.',
    hint: 'Drop it again to check its new content.',
  },
  is_folder: {
    title: "That's a folder",
    detail: 'Gabinet expected a file, not a folder.',
    hint: 'Drop the files inside the folder.',
  },
  not_a_file: {
    title: "That isn't a file",
    detail: 'Gabinet expected a file, not a folder or device.',
    hint: 'Drop .gab files, or a folder with .gab files.',
  },
  file_unusable: ({ systemCode }) => ({
    title: "Can't use the file",
    detail: sentence`The operating system reported ${systemCode}.`,
  }),

  no_such_file: {
    title: 'No such file',
    detail: "There's no file at this path.",
    hint: 'Check the path. A relative one starts at the folder in which Gabinet was started.',
  },
  not_a_path: { title: "That isn't a path", detail: "This can't be the path of a file on this computer." },
  network_path: {
    title: 'File on another computer',
    detail: "Gabinet doesn't open network addresses, because that would send your Windows sign-in to that computer.",
    hint: 'If you trust it, drop the file on the window, or copy it to this computer first.',
  },
  not_a_gabinet_link: {
    title: "Can't open the link",
    detail: "It isn't a link to a project or an avatar.",
    hint: 'Ask for a new link, made with Copy link.',
  },
  too_many_files: ({ limit }) => ({
    title: 'Too many files',
    detail: sentence`Gabinet opens up to ${limit.toLocaleString('en-US')} files at once.`,
    hint: 'Add the rest after these.',
  }),

  library_not_written: {
    title: "Couldn't save the change",
    detail: "The library on this computer can't be written to, so nothing was changed.",
    hint: 'Check that the disk has free space, then try again.',
  },
  library_damaged: {
    title: 'The library is damaged',
    detail: 'The library on this computer is damaged. Gabinet is repairing it, so nothing was changed.',
    hint: 'Try again in a moment.',
  },
  change_recovered: {
    title: 'Recovered from a damaged library',
    detail: "This change was found in a damaged library, and it isn't known whether it was sent.",
    hint: 'Retry it if it is still needed, or discard it.',
  },
  read_only: ({ action }) => ({
    title: 'Read-only account',
    detail: action === 'upload' ? "You can't upload with this account." : "You can't make changes with this account.",
    hint: 'Ask a designer, or ask your administrator for a designer account.',
  }),
  project_gone: {
    title: 'Project not found',
    detail: 'The project was deleted, or you no longer have access to it.',
  },
  version_gone: { title: 'Version not found', detail: 'The version is no longer in the library.' },
  version_trashed: {
    title: 'In the trash',
    detail: "A version in the trash can't be changed or made live.",
    hint: 'Restore it first.',
  },
  version_not_activatable: {
    title: "Can't make this version live",
    detail: "The file is stored, but it wouldn't work as an avatar.",
    hint: 'See its findings in the details.',
  },

  stage_gone: {
    title: 'File no longer in the list',
    detail: "The file was removed from the list, or it isn't checked yet.",
    hint: 'Drop it again.',
  },
  inspection_failed: {
    title: "Couldn't check the file",
    detail: 'Something went wrong while checking the file.',
    hint: 'Try again. If it happens again, send the file to your administrator.',
  },
  not_comparable: {
    title: "Can't compare these files",
    detail: "One of them isn't a readable bundle.",
  },
  thumbnail_unusable: {
    title: "Couldn't take the picture",
    detail: "Even the smallest picture is over the 512 KiB limit for thumbnails, or the preview didn't respond.",
    hint: 'Choose a plain background and try again.',
  },
  thumbnail_rejected: ({ findingCodes }) => ({
    title: "Couldn't add the thumbnail",
    detail: sentence`With this picture the bundle would be invalid (${findingCodes.join(', ')}). Nothing was changed.`,
    hint: 'Choose a simpler view and try again.',
  }),

  result_not_saved: {
    title: "Couldn't save the result",
    detail: 'The disk is full. Gabinet will retry automatically.',
    hint: 'Free some space.',
  },
  cancel_unconfirmed: {
    title: 'Not canceled yet',
    detail: "Everything was sent, and Gabinet can't ask the server whether it is already stored.",
    hint: 'It will be canceled when the server is back, unless the server already has it.',
  },
  download_damaged: {
    title: 'The file arrived damaged',
    detail: "It isn't the file that was uploaded: its checksum is different.",
    hint: RETRY_OR_TELL,
  },
  not_downloaded: {
    title: 'Not on this computer yet',
    detail: "Can't reach the server, and this version was never downloaded.",
    hint: "You can preview it when you're online.",
  },

  folder_gone: {
    title: 'Folder not found',
    detail: 'The folder was moved, renamed or deleted, or its drive is disconnected.',
    hint: 'Gabinet resumes watching when the folder is back. Or choose another folder.',
  },
  not_a_folder: { title: 'Folder not found', detail: 'Enter the full path.' },
  folder_not_chosen: {
    title: 'Folder not chosen',
    detail: "The folder wasn't chosen or confirmed.",
    hint: 'Choose it again.',
  },
  folder_taken: {
    title: 'Folder already in use',
    detail: 'The folder is watched for another project.',
    hint: 'Choose another folder, or stop watching it for the other project.',
  },

  file_not_taken: ({ fileName, status }) => ({
    title: "Couldn't add the file",
    detail: sentence`${fileName} wasn't taken over (status ${status}).`,
    hint: 'Add it again.',
  }),
  file_not_read: ({ fileName }) => ({
    title: "Couldn't add the file",
    detail: sentence`${fileName} can't be read.`,
    hint: 'Add it again.',
  }),
  shell_connection_lost: {
    title: 'The connection to Gabinet was lost',
    detail: "It isn't known whether the last action was done.",
    hint: 'Check it, then try again.',
  },

  unexpected: {
    title: 'Something went wrong',
    detail: 'This is a bug in Gabinet, not your mistake.',
    hint: RETRY_OR_TELL,
  },
};
