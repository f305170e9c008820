export const trashTexts = {
  title: 'Trash',
  empty: 'The trash is empty. You can restore everything you move here, with its version numbers and thumbnails.',
  avatars: 'Avatars',
  trashedAvatars: 'Trashed avatars',
  projects: 'Projects',
  trashedProjects: 'Trashed projects',
  contents: (customerName: string, avatarCount: number) =>
    `${customerName}, ${avatarCount} ${avatarCount === 1 ? 'avatar' : 'avatars'}`,
  restoreProject: (projectName: string) => `Restore the project ${projectName}`,
  askToRestore: (customerName: string) => `Ask a manager of ${customerName} or your administrator to restore it.`,
  versionsOf: (avatarName: string) => `Trashed versions of ${avatarName}`,
  version: (version: number) => `v${version}`,
  deleted: (when: string) => `Deleted ${when}`,
  restore: 'Restore',
  restoreVersion: (avatarName: string, version: number) => `Restore ${avatarName} v${version}`,
  restoreAll: 'Restore all',
  restoreAvatar: (avatarName: string) => `Restore all versions of ${avatarName}`,

  isLive: (avatarName: string, version: number | undefined) => `${avatarName} v${version} is live`,
  consequence: (deleted: string) =>
    `Moving ${deleted} to the trash takes it offline immediately. Nothing will be live in this project. You can undo this.`,
  cancel: 'Cancel',
  moveToTrash: 'Move to trash',
} as const;
