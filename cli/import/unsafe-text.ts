/** Whether a text contains half a surrogate pair or NUL, which a manifest must not contain. */
export function hasUnsafeText(text: string): boolean {
  return text.includes('\0') || !text.isWellFormed();
}
