/** Exit codes of the commands, for scripts. */
export const exitCodes = {
  /** Done. Warnings don't count. */
  ok: 0,
  /** At least one file is invalid, or an export is not intact. */
  invalid: 1,
  /** Wrong usage, or a file could not be opened. */
  usage: 2,
  /** Nobody is signed in, or the access token is refused or does not allow this. */
  access: 3,
  /** There is no such project, avatar or version, or the token's owner does not see it. */
  notFound: 4,
  /** Another version is active than the expected one. Nothing was replaced. */
  conflict: 5,
  /** The server could not be reached, or is busy. The same command may succeed later. */
  unavailable: 6,
  /** The server refused for another reason. */
  refused: 7,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
