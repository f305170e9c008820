export const noticeTexts = {
  notifications: 'Notifications',
  dismiss: 'Dismiss',
  announcements: 'Announcements',
} as const;
