export const projectActionTexts = {
  created: (name: string) => `Created ${name}`,
  renamed: (name: string) => `Renamed to ${name}`,
  moved: (name: string) => `Moved the project ${name} to the trash`,
  restored: (name: string) => `Restored the project ${name}`,
} as const;
