/** Text that a manifest may not hold: half a surrogate pair, or NUL. */
export function hasUnsafeText(text: string): boolean {
  return text.includes('\0') || !text.isWellFormed();
}
