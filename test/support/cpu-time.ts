/**
 * CPU time of this thread in milliseconds, since `before` or since it began: unlike the time on the
 * clock, the same whatever else the machine is doing.
 */
export function threadCpuMs(before = 0): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000 - before;
}
