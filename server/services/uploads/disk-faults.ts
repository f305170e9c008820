/** Faults of our own disk are bugs or breakages, never the client's. */
const LOCAL_FAULTS: ReadonlySet<string> = new Set(['EIO', 'EACCES', 'EBADF', 'EROFS', 'EMFILE', 'ENFILE', 'ENOENT']);

/** What broke while a stream was written to our disk: its room, or the connection. Throws what is a fault of ours. */
export function faultOfWriting(error: unknown): 'storage-full' | 'connection' {
  const code = (error as NodeJS.ErrnoException).code ?? '';
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'storage-full';
  if (LOCAL_FAULTS.has(code)) throw error;
  return 'connection';
}
