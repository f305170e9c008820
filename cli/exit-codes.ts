/** What the command ends with, for scripts. */
export const exitCodes = {
  /** Everything that was asked for is in order (warnings do not count). */
  ok: 0,
  /** At least one file is invalid. */
  invalid: 1,
  /** The command was called wrongly, or a file could not be opened. */
  usage: 2,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
