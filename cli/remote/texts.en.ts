import type { SendFailure } from '../../node/api-client/send-upload.ts';

/** What happened, then what to do. */
function sentence(failure: SendFailure): string {
  if ('detail' in failure && failure.detail !== '') return failure.detail;
  if (failure.code === 'offline') return `can't reach ${failure.serverUrl}; check the connection and try again`;
  if (failure.code === 'certificate_refused')
    return `the certificate of ${failure.serverUrl} is refused (${failure.systemCode})`;
  if (failure.code === 'tls_failed') return `${failure.serverUrl} does not speak TLS (${failure.systemCode})`;
  if (failure.code === 'not_a_server') return `${failure.serverUrl} is not a Gabinet server (status ${failure.status})`;
  if (failure.code === 'file_changed') return 'the file changed while it was sent; run the command again';
  return `failed (${failure.code})`;
}

/** The sentences of the commands that talk to a server. */
export const remoteTexts = {
  sentence,
  notSignedIn: "you aren't signed in; run gabinet login, or set GABINET_SERVER and GABINET_TOKEN",
  otherServer: (server: string) => `the login is for another server than ${server}; set GABINET_TOKEN, too`,
  badServer: (typed: string) => `${typed} can't be the address of a server; use https://, or http:// on this computer`,
  badToken: 'this is not an access token; make one in the application: Account, Access tokens',
  noToken: 'give the access token with --token, or in GABINET_TOKEN',
  noServer: 'give the server with --server, or in GABINET_SERVER',
  loggedIn: (email: string, server: string) => `Logged in to ${server} as ${email}.\n`,
  loggedOut: 'Logged out. The access token works until it is revoked in the application.\n',
  wasLoggedOut: 'Nobody was logged in.\n',
  noProject: (wanted: string) => `there is no project ${wanted}, or you have no access to it`,
  severalProjects: (wanted: string) => `several projects are called ${wanted}; name one by its UUID`,
  noAvatar: (wanted: string) => `there is no avatar ${wanted} in this project`,
  severalAvatars: (wanted: string) => `several avatars are called ${wanted}; name one by its UUID`,
  noVersion: (wanted: string) => `there is no version ${wanted} in this project`,
  nothingActive: (project: string) => `no version is active in ${project}`,
  oneFile: '--activate takes one file, because a project has one active version',
  notActive: (why: string) => `stored, but not active: ${why}`,
  activeChanged: 'another version has become active',
  notActivatable: 'its findings do not allow that',
  exists: (file: string) => `${file} already exists; use --force to replace it`,
  damaged: 'the download is not what the server has stored; run the command again',
  retrying: (seconds: number) => `waiting ${seconds} s before the next attempt\n`,
} as const;
