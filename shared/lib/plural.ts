/** "1 file", "3 files": a count with the noun in its form. */
export function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
