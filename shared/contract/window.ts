import { z } from 'zod';

export const windowEvents = {
  /** The window was maximized or restored, here or by the system. Only in Electron. */
  'window.changed': z.object({ isMaximized: z.boolean() }),
} as const;
