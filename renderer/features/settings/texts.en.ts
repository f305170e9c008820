export const settingsTexts = {
  title: 'Settings',
  limitUploads: 'Limit upload speed',
  uploadLimit: 'Upload limit',
  unit: 'Unit',
  limitHelp: 'Shared by all uploads on this computer. Applies immediately, including uploads in progress.',
  cancel: 'Cancel',
  save: 'Save',
} as const;
