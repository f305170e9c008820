export const sidebarTexts = {
  dropToAdd: 'Drop to add here',
  title: 'Projects',
  nothingLive: 'Nothing live',
  activeVersion: (name: string, version: number) => `${name} v${version}`,
  keptOffline: 'Kept offline',
  described: (name: string, description: string) => `${name}: ${description}`,
  notLoaded: 'Not loaded yet',
  noProjects: 'No projects yet',
  askForProject: (customerName: string) =>
    `No projects yet. Ask a manager of ${customerName} or your administrator to create one.`,
  trash: 'Trash',
  audit: 'Audit',

  customer: (name: string) => `Customer: ${name}`,
  customers: 'Customers',
  allCustomers: 'All customers',

  newProjectIn: (customerName: string) => `New project in ${customerName}`,
  actionsFor: (projectName: string) => `Actions for ${projectName}`,
  copyLink: 'Copy link',
  renameProject: 'Rename',
  renameNamed: (projectName: string) => `Rename ${projectName}`,
  moveToTrash: 'Move to trash',
  projectName: 'Project name',
  create: 'Create',
  rename: 'Rename',
  cancel: 'Cancel',
} as const;
