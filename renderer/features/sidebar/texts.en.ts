export const sidebarTexts = {
  title: 'Projects',
  nothingLive: 'Nothing live',
  activeVersion: (name: string, version: number) => `${name} v${version}`,
  keptOffline: 'Kept offline',
  described: (name: string, description: string) => `${name}: ${description}`,
  noProjects: 'No projects yet. Ask an administrator to create one.',
  trash: 'Trash',
  audit: 'Audit',
} as const;
