/** A count with the matching form of the noun: "1 file", "3 files". */
export function plural(count: number, one: string, many: string): string {
  return `${count} ${count === 1 ? one : many}`;
}
