import { listAuditEvents, listCustomers } from './administration.ts';
import { createSession, deleteCurrentSession, getMe } from './auth.ts';
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
import { adminProjectRoutes, customerProjectRoutes } from './projects.ts';
import { getServerInfo } from './server-info.ts';
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
  createSession,
  deleteCurrentSession,
  getMe,
  listProjects: customerProjectRoutes.list,
  getProject: customerProjectRoutes.get,
  adminListProjects: adminProjectRoutes.list,
  adminGetProject: adminProjectRoutes.get,
  adminCreateProject: adminProjectRoutes.create,
  adminRenameProject: adminProjectRoutes.rename,
  adminDeleteProject: adminProjectRoutes.remove,
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
} as const;

export type ApiRouteName = keyof typeof apiRoutes;
