/** Exit codes of the commands, for scripts. */
export const exitCodes = {
  /** No errors. Warnings don't count. */
  ok: 0,
  /** At least one file is invalid, or an export is not intact. */
  invalid: 1,
  /** Wrong usage, or a file could not be opened. */
  usage: 2,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
