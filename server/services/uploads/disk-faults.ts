import { hasErrorCode, isDiskFull } from '../../../node/error-code.ts';

/** Faults of our own disk are bugs or breakages, never the client's. */
const LOCAL_FAULTS = ['EIO', 'EACCES', 'EBADF', 'EROFS', 'EMFILE', 'ENFILE', 'ENOENT'];

/** What broke while a stream was written to our disk: its room, or the connection. Throws what is a fault of ours. */
export function faultOfWriting(error: unknown): 'storage-full' | 'connection' {
  if (isDiskFull(error)) return 'storage-full';
  if (hasErrorCode(error, ...LOCAL_FAULTS)) throw error;
  return 'connection';
}
