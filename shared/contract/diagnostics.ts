import { z } from 'zod';
import { outcomeOf } from './failure.ts';

/** Longer texts of a page's error are cut: a message is a sentence, and a stack has ten lines. */
export const MAX_ERROR_MESSAGE_CHARS = 500;
export const MAX_ERROR_STACK_CHARS = 4000;

/** An error of the page that no code expected. */
export const pageErrorSchema = z.object({
  /** `thrown`: in an event handler or a timer; `rejected`: a promise; `drawn`: by a component of the screen. */
  kind: z.enum(['thrown', 'rejected', 'drawn']),
  message: z.string().max(MAX_ERROR_MESSAGE_CHARS),
  /** Empty if there is none. */
  stack: z.string().max(MAX_ERROR_STACK_CHARS),
});
export type PageError = z.infer<typeof pageErrorSchema>;

/** `text` without secrets, for people to paste where they ask for help. */
export const diagnosticsSchema = z.object({ text: z.string() });
export type DiagnosticsView = z.infer<typeof diagnosticsSchema>;

export const diagnosticsChannels = {
  /**
   * `isCopied`: false where the shell has no clipboard and the page must copy the text. What the
   * shell has copied also arrives as an event.
   */
  'diagnostics.copy': { input: z.undefined(), output: diagnosticsSchema.extend({ isCopied: z.boolean() }) },
  /** `isRevealed`: false where the shell has no file manager. */
  'diagnostics.showLog': {
    input: z.undefined(),
    output: outcomeOf(z.object({ path: z.string(), isRevealed: z.boolean() })),
  },
  /** Writes to the log. More than a few per minute are counted, not written. */
  'diagnostics.reportError': { input: pageErrorSchema, output: z.null() },
} as const;

/** Also when it was asked for in the application's menu. */
export const diagnosticsEvents = { 'diagnostics.copied': diagnosticsSchema } as const;
