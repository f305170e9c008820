export const diagnosticsTexts = {
  logPlace: 'The log is in this file',
} as const;
