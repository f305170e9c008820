/** Exit codes of `gabinet-server`, for scripts. */
export const serverExitCodes = {
  done: 0,
  /** Refused, or the database could not be reached. Nothing was changed. */
  failed: 1,
  /** Wrong usage, no password, or invalid settings. */
  usage: 2,
  /** Stored files are missing, damaged or without a row. Everything else was done. */
  faults: 3,
} as const;
export type ServerExitCode = (typeof serverExitCodes)[keyof typeof serverExitCodes];
