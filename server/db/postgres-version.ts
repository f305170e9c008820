/** The oldest and the newest PostgreSQL that the tests run on. */
export const OLDEST_POSTGRES = 15;
export const NEWEST_POSTGRES = 18;
/** `server_version_num` is 150018 for 15.18. */
const VERSION_NUM_OF_MAJOR = 10_000;

/**
 * Why the server does not start on a PostgreSQL with this `server_version_num`; null if it does. A
 * newer one than the tests know is accepted, because PostgreSQL keeps what it has.
 */
export function refuseVersion(versionNum: number): string | null {
  const major = Math.floor(versionNum / VERSION_NUM_OF_MAJOR);
  if (major >= OLDEST_POSTGRES) return null;
  return `This database is PostgreSQL ${major}. Gabinet needs PostgreSQL ${OLDEST_POSTGRES} or newer; it is tested on ${OLDEST_POSTGRES} and ${NEWEST_POSTGRES}.`;
}
