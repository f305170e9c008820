/** Copying a selection needs no permission. The desktop shell denies all permissions. */
function copyBySelection(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  area.setAttribute('aria-hidden', 'true');
  document.body.append(area);
  area.select();
  const isCopied = document.execCommand('copy');
  area.remove();
  return isCopied;
}

/**
 * Puts text on the clipboard, and returns whether that worked. Browsers allow it only in response to
 * a user's action.
 */
export async function copyText(text: string): Promise<boolean> {
  const focused = document.activeElement;
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const isCopied = copyBySelection(text);
    if (focused instanceof HTMLElement) focused.focus();
    return isCopied;
  }
}
