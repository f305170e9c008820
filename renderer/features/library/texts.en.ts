import { sentence } from '../../../shared/lib/sentence.ts';

export const libraryTexts = {
  page: 'No project',
  title: 'No projects yet',
  about: 'A project holds the avatars of one place: a reception, a kiosk, a show. One of them is live at a time.',
  newProject: 'New project',
  newProjectIn: 'New project for',
  askOne: (customerName: string) => sentence`Ask a manager of ${customerName} or your administrator to create one.`,
  ask: 'Ask your administrator to create one.',
  noCustomers: 'No customers yet',
  noCustomersHelp:
    'Projects belong to customers, and this server has none. Create one with the command gabinet-server create-customer.',
  noAccessHelp: "You don't belong to a customer yet. Ask your administrator to give you access.",

  noneOpen: 'No project is open',
  noneOpenHelp: "Choose one in the list of projects. One whose page can't be shown doesn't open automatically.",

  notLoaded: 'Not loaded yet',
  notLoadedHelp: 'Your projects appear here as soon as they have been loaded from the server.',

  isLive: (projectName: string, avatarName: string) => sentence`${avatarName} is live in ${projectName}`,
  consequence: (projectName: string) =>
    sentence`Moving ${projectName} to the trash takes it offline immediately, with all its avatars. You can undo this.`,
  cancel: 'Cancel',
  moveToTrash: 'Move to trash',
} as const;
