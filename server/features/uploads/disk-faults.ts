import { hasErrorCode, isDiskFull } from '../../../node/error-code.ts';

/** Faults of the server's disk are bugs or breakages, never caused by the client. */
const SERVER_FAULTS = ['EIO', 'EACCES', 'EBADF', 'EROFS', 'EMFILE', 'ENFILE', 'ENOENT'];

/**
 * Why writing a stream to the server's disk failed: the disk is full, or the connection broke.
 * Rethrows an error that is the server's own fault.
 */
export function writeFaultOf(error: unknown): 'storage-full' | 'connection' {
  if (isDiskFull(error)) return 'storage-full';
  if (hasErrorCode(error, ...SERVER_FAULTS)) throw error;
  return 'connection';
}
