import {
  createAccessToken,
  listAccessTokens,
  listPersonsAccessTokens,
  revokeAccessToken,
  revokePersonsAccessTokens,
} from './access-tokens.ts';
import { getLink, useLink } from './account-links.ts';
import { listActivations } from './activations.ts';
import { listAuditEvents } from './administration.ts';
import {
  changePassword,
  createSession,
  deleteCurrentSession,
  deleteOtherSessions,
  deleteSession,
  getMe,
  listSessions,
  renameMe,
} from './auth.ts';
import {
  adminAvatarRoutes,
  avatarSummary,
  avatarThumbnail,
  customerAvatarRoutes,
  getAvatar,
  patchAvatar,
  restoreAvatar,
  setActiveAvatar,
  uploadReceipt,
} from './avatars.ts';
import { changeEvents, listChanges } from './changes.ts';
import { createCustomer, listCustomers, renameCustomer } from './customers.ts';
import {
  disablePerson,
  enablePerson,
  invitePerson,
  invitePersonAgain,
  listAllPeople,
  listPeople,
  removeMembership,
  removePersonsSecondFactor,
  resetPassword,
  setAdmin,
  setMembership,
  signOutPerson,
} from './people.ts';
import { adminProjectRoutes, customerProjectRoutes } from './projects.ts';
import { createProviderSession, startProviderSignIn } from './provider-sign-in.ts';
import { confirmSecondFactor, removeSecondFactor, startSecondFactor } from './second-factor.ts';
import { getHealth, getServerInfo } from './server-info.ts';
import { getProjectStorage, listStorage, setCustomerQuota, setProjectQuota } from './storage.ts';
import {
  abandonUpload,
  completeUpload,
  describeChunks,
  listOpenUploads,
  openUpload,
  sendStream,
} from './upload-sessions.ts';

/**
 * The complete HTTP contract. A route that is not in this table does not exist; a test checks the
 * server against it.
 */
export const apiRoutes = {
  getServerInfo,
  getHealth,
  createSession,
  startProviderSignIn,
  createProviderSession,
  deleteCurrentSession,
  listSessions,
  deleteSession,
  deleteOtherSessions,
  getMe,
  renameMe,
  changePassword,
  startSecondFactor,
  confirmSecondFactor,
  removeSecondFactor,
  listAccessTokens,
  createAccessToken,
  revokeAccessToken,
  getLink,
  useLink,
  listProjects: customerProjectRoutes.list,
  getProject: customerProjectRoutes.get,
  createProject: customerProjectRoutes.create,
  renameProject: customerProjectRoutes.rename,
  trashProject: customerProjectRoutes.trash,
  restoreProject: customerProjectRoutes.restore,
  adminListProjects: adminProjectRoutes.list,
  adminGetProject: adminProjectRoutes.get,
  adminCreateProject: adminProjectRoutes.create,
  adminRenameProject: adminProjectRoutes.rename,
  adminDeleteProject: adminProjectRoutes.remove,
  getProjectStorage,
  setProjectQuota,
  uploadAvatar: customerAvatarRoutes.upload,
  listAvatars: customerAvatarRoutes.list,
  deleteAvatar: customerAvatarRoutes.remove,
  downloadAvatar: customerAvatarRoutes.download,
  adminUploadAvatar: adminAvatarRoutes.upload,
  adminListAvatars: adminAvatarRoutes.list,
  adminDeleteAvatar: adminAvatarRoutes.remove,
  adminDownloadAvatar: adminAvatarRoutes.download,
  getAvatar,
  patchAvatar,
  restoreAvatar,
  avatarThumbnail,
  avatarSummary,
  setActiveAvatar,
  listActivations,
  uploadReceipt,
  openUpload,
  describeChunks,
  sendStream,
  completeUpload,
  abandonUpload,
  listOpenUploads,
  listChanges,
  changeEvents,
  listAuditEvents,
  listCustomers,
  createCustomer,
  renameCustomer,
  setCustomerQuota,
  listStorage,
  listPeople,
  invitePerson,
  setMembership,
  removeMembership,
  disablePerson,
  enablePerson,
  signOutPerson,
  removePersonsSecondFactor,
  invitePersonAgain,
  resetPassword,
  listPersonsAccessTokens,
  revokePersonsAccessTokens,
  listAllPeople,
  setAdmin,
} as const;

export type ApiRouteName = keyof typeof apiRoutes;
