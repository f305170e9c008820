import { sentence } from '../../../shared/lib/sentence.ts';

export const sidebarTexts = {
  dropToAdd: 'Drop to add here',
  title: 'Projects',
  nothingLive: 'Nothing live',
  activeVersion: (name: string, version: number) => sentence`${name} v${version}`,
  keptOffline: 'Kept offline',
  described: (name: string, description: string) => sentence`${name}: ${description}`,
  notLoaded: 'Not loaded yet',
  noProjects: 'No projects yet',
  askForProject: (customerName: string) =>
    sentence`No projects yet. Ask a manager of ${customerName} or your administrator to create one.`,
  trash: 'Trash',
  audit: 'Audit',

  customer: (name: string) => sentence`Customer: ${name}`,
  customers: 'Customers',
  allCustomers: 'All customers',

  newProjectIn: (customerName: string) => sentence`New project in ${customerName}`,
  actionsFor: (projectName: string) => sentence`Actions for ${projectName}`,
  copyLink: 'Copy link',
  renameProject: 'Rename',
  renameNamed: (projectName: string) => sentence`Rename ${projectName}`,
  moveToTrash: 'Move to trash',
  projectName: 'Project name',
  create: 'Create',
  rename: 'Rename',
  cancel: 'Cancel',
} as const;
