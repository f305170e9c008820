import { sentence } from '../../../shared/lib/sentence.ts';

export const trashTexts = {
  title: 'Trash',
  empty: 'The trash is empty. You can restore everything you move here, with its version numbers and thumbnails.',
  avatars: 'Avatars',
  trashedAvatars: 'Trashed avatars',
  projects: 'Projects',
  trashedProjects: 'Trashed projects',
  contents: (customerName: string, avatarCount: number) =>
    sentence`${customerName}, ${avatarCount} ${avatarCount === 1 ? 'avatar' : 'avatars'}`,
  restoreProject: (projectName: string) => sentence`Restore the project ${projectName}`,
  askToRestore: (customerName: string) =>
    sentence`Ask a manager of ${customerName} or your administrator to restore it.`,
  versionsOf: (avatarName: string) => sentence`Trashed versions of ${avatarName}`,
  version: (version: number) => sentence`v${version}`,
  deleted: (when: string) => sentence`Deleted ${when}`,
  restore: 'Restore',
  restoreVersion: (avatarName: string, version: number) => sentence`Restore ${avatarName} v${version}`,
  restoreAll: 'Restore all',
  restoreAvatar: (avatarName: string) => sentence`Restore all versions of ${avatarName}`,

  isLive: (version: string) => sentence`${version} is live`,
  consequence: (deleted: string) =>
    sentence`Moving ${deleted} to the trash takes it offline immediately. Nothing will be live in this project. You can undo this.`,
  cancel: 'Cancel',
  moveToTrash: 'Move to trash',
} as const;
