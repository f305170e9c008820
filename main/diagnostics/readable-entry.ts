/**
 * Turns a line of the log into text for people: time, level, message, and the details as JSON. A
 * line that is not an entry stays as it is.
 */
export function readableEntry(line: string): string {
  const entry = parseEntry(line);
  if (entry === null) return line;
  const { time, level, msg, details } = entry;
  const tail = details === undefined ? '' : ` ${JSON.stringify(details)}`;
  return `${String(time)} ${String(level)} ${String(msg)}${tail}`;
}

function parseEntry(line: string): Readonly<Record<string, unknown>> | null {
  try {
    const entry: unknown = JSON.parse(line);
    return typeof entry === 'object' && entry !== null && 'msg' in entry ? { ...entry } : null;
  } catch {
    // A full disk cuts entries off.
    return null;
  }
}
