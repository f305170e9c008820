/**
 * A backup or a restore that cannot be done, in words for the operator. Nothing was changed, unless
 * the message says otherwise.
 */
export class BackupRefusedError extends Error {
  override readonly name = 'BackupRefusedError';
}
