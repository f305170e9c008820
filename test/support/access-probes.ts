import { randomBytes, randomUUID } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import type { ApiRouteName } from '../../shared/api/routes.ts';
import { TEST_PASSWORD } from './world.ts';

/** What a request may name. Each set belongs to one customer; a test also makes up missing ones. */
export interface ProbeTargets {
  readonly customer: string;
  readonly project: string;
  /** Never changed by a probe. */
  readonly version: string;
  /** Moved to the trash and restored by probes. */
  readonly spareVersion: string;
  /** Moved to the trash, restored and deleted by probes. */
  readonly spareProject: string;
  readonly person: string;
}

export interface ProbeRequest {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface Probe {
  /** A request that succeeds for everybody who is allowed to send it. */
  readonly request: (target: ProbeTargets) => ProbeRequest;
  /** Success, if it is not a status from 200 to 299. */
  readonly success?: readonly number[];
  /** Sent by an administrator before each request, so that it can succeed again. */
  readonly before?: ApiRouteName;
  /** Set if the route names nothing that could belong to somebody else. */
  readonly isOwn?: true;
}

let bundle = new Uint8Array();

/** The file that uploads send. */
export function useBundle(bytes: Uint8Array<ArrayBuffer>): void {
  bundle = bytes;
}

function form(): FormData {
  const data = new FormData();
  data.append('activate', 'false');
  data.append('file', new Blob([bundle]), 'a.gab');
  return data;
}

const announcement = () => ({
  upload_uuid: randomUUID(),
  original_filename: 'a.gab',
  file_size: 2,
  activate: false,
  sha256: '0'.repeat(64),
  // A recipe: one byte for its version, no pieces, a skeleton of two bytes.
  recipe: deflateRawSync(Buffer.from([1, 0, 0, 0, 0, 7, 7])).toString('base64'),
});

const NOTHING: Probe = { request: () => ({}) };
const OWN: Probe = { ...NOTHING, isOwn: true };
const project: Probe = { request: (target) => ({ params: { project_uuid: target.project } }) };
const version: Probe = { request: (target) => ({ params: { avatar_uuid: target.version } }) };
const spareVersion: Probe = { request: (target) => ({ params: { avatar_uuid: target.spareVersion } }) };
const spareProject: Probe = { request: (target) => ({ params: { project_uuid: target.spareProject } }) };
const upload: Probe = { request: (target) => ({ params: { project_uuid: target.project }, body: form() }) };
const createProject: Probe = {
  request: (target) => ({ body: { customer_uuid: target.customer, name: `Project ${randomUUID()}` } }),
};
const renameProject: Probe = {
  request: (target) => ({ params: { project_uuid: target.project }, body: { name: `Project ${randomUUID()}` } }),
};
/** A session upload that does not exist for anybody: found by its caller only. */
const noUpload = (body?: unknown): Probe => ({
  request: () => ({ params: { upload_uuid: randomUUID() }, ...(body !== undefined && { body }) }),
  success: [404],
  isOwn: true,
});

/** A link that does not exist: everybody who has one may use it. */
const noLink = (body?: unknown): Probe => ({
  request: () => ({
    params: { link_token: randomBytes(32).toString('base64url') },
    ...(body !== undefined && { body }),
  }),
  success: [410],
  isOwn: true,
});

const person = (body?: unknown): Probe => ({
  request: (target) => ({ params: { user_uuid: target.person }, ...(body !== undefined && { body }) }),
});
const inCustomer = ({ customer }: ProbeTargets) => ({ customer_uuid: customer, project_uuid: null });

/**
 * One request for every route. A route that is missing here does not compile, so nobody forgets to
 * say what its access test sends.
 */
export const accessProbes: Readonly<Record<ApiRouteName, Probe>> = {
  getServerInfo: OWN,
  getHealth: OWN,
  createSession: {
    // Another account each time: attempts on one have to wait.
    request: () => ({ body: { email: `${randomUUID()}@aurora.example`, password: 'x' } }),
    success: [401],
    isOwn: true,
  },
  // A server without an identity provider; with one: tested in provider-sign-in.test.ts.
  startProviderSignIn: {
    request: () => ({
      body: {
        redirect_uri: 'http://127.0.0.1:4000/signed-in',
        code_challenge: 'c'.repeat(43),
        state: 's'.repeat(20),
        nonce: 'n'.repeat(20),
      },
    }),
    success: [404],
    isOwn: true,
  },
  createProviderSession: {
    request: () => ({
      body: {
        callback_url: 'http://127.0.0.1:4000/signed-in?code=c',
        code_verifier: 'v'.repeat(43),
        state: 's'.repeat(20),
        nonce: 'n'.repeat(20),
      },
    }),
    success: [404],
    isOwn: true,
  },
  // Ends the session that it is sent with: tested in auth.test.ts.
  deleteCurrentSession: { ...OWN, success: [] },
  listSessions: OWN,
  deleteSession: { request: () => ({ params: { session_uuid: randomUUID() } }), success: [404], isOwn: true },
  deleteOtherSessions: OWN,
  getMe: OWN,
  renameMe: { request: () => ({ body: { name: 'Same' } }), isOwn: true },
  changePassword: {
    request: () => ({ body: { current_password: 'wrong', new_password: 'a long new password' } }),
    success: [403],
    isOwn: true,
  },
  // What links do is tested in links.test.ts.
  getLink: noLink(),
  useLink: noLink({ password: 'a long new password' }),
  startSecondFactor: { request: () => ({ body: { password: 'wrong' } }), success: [403], isOwn: true },
  confirmSecondFactor: { request: () => ({ body: { code: '000000' } }), success: [404], isOwn: true },
  removeSecondFactor: {
    request: () => ({ body: { password: 'wrong', code: '000000' } }),
    success: [403],
    isOwn: true,
  },
  listAccessTokens: OWN,
  createAccessToken: {
    request: () => ({ body: { name: 'Probe', scopes: ['read'], password: TEST_PASSWORD } }),
    isOwn: true,
  },
  revokeAccessToken: { request: () => ({ params: { token_uuid: randomUUID() } }), success: [404], isOwn: true },
  listProjects: OWN,
  getProject: project,
  createProject,
  renameProject,
  trashProject: spareProject,
  restoreProject: spareProject,
  adminListProjects: NOTHING,
  adminGetProject: project,
  adminCreateProject: createProject,
  adminRenameProject: renameProject,
  adminDeleteProject: spareProject,
  getProjectStorage: project,
  setProjectQuota: { request: (target) => ({ params: { project_uuid: target.project }, body: { quota_bytes: null } }) },
  uploadAvatar: upload,
  listAvatars: project,
  deleteAvatar: spareVersion,
  downloadAvatar: version,
  adminUploadAvatar: upload,
  adminListAvatars: project,
  adminDeleteAvatar: spareVersion,
  adminDownloadAvatar: version,
  getAvatar: version,
  patchAvatar: { request: (target) => ({ params: { avatar_uuid: target.version }, body: { description: 'Seen' } }) },
  restoreAvatar: spareVersion,
  avatarThumbnail: version,
  avatarSummary: version,
  setActiveAvatar: {
    request: (target) => ({
      params: { project_uuid: target.project },
      body: { avatar_uuid: null, expected_active_uuid: null },
    }),
  },
  listActivations: project,
  uploadReceipt: { request: () => ({ params: { idempotency_key: randomUUID() } }), success: [404], isOwn: true },
  openUpload: { request: (target) => ({ params: { project_uuid: target.project }, body: announcement() }) },
  describeChunks: noUpload({ pieces: [{ piece: 0, chunks: '' }] }),
  sendStream: noUpload(new Uint8Array(1)),
  completeUpload: noUpload(),
  abandonUpload: { ...noUpload(), success: [204, 404] },
  listOpenUploads: NOTHING,
  listChanges: { request: (target) => ({ query: { customer_uuid: target.customer } }) },
  // Never ends: tested in change-events.test.ts.
  changeEvents: { ...OWN, success: [] },
  listAuditEvents: NOTHING,
  listCustomers: NOTHING,
  createCustomer: { request: () => ({ body: { name: `Customer ${randomUUID()}` } }), isOwn: true },
  renameCustomer: { request: (target) => ({ params: { customer_uuid: target.customer }, body: { name: 'Renamed' } }) },
  setCustomerQuota: {
    request: (target) => ({ params: { customer_uuid: target.customer }, body: { quota_bytes: null } }),
  },
  listStorage: NOTHING,
  listPeople: { request: (target) => ({ query: { customer_uuid: target.customer } }) },
  invitePerson: {
    request: (target) => ({
      body: { ...inCustomer(target), email: `${randomUUID()}@x.example`, name: 'Erik', role: 'viewer' },
    }),
  },
  setMembership: {
    request: (target) => ({ params: { user_uuid: target.person }, body: { ...inCustomer(target), role: 'designer' } }),
  },
  removeMembership: {
    request: (target) => ({ params: { user_uuid: target.person }, body: inCustomer(target) }),
    before: 'setMembership',
  },
  disablePerson: person(),
  enablePerson: person(),
  signOutPerson: person(),
  removePersonsSecondFactor: person(),
  // The person has a password already; only those who may invite learn that.
  invitePersonAgain: { ...person(), success: [409] },
  resetPassword: person(),
  listPersonsAccessTokens: person(),
  revokePersonsAccessTokens: person(),
  listAllPeople: NOTHING,
  setAdmin: person({ is_admin: false }),
};
