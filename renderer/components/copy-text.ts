/** Copying a selection needs no permission. The desktop shell denies all permissions. */
function copyBySelection(text: string): void {
  const area = document.createElement('textarea');
  area.value = text;
  area.setAttribute('aria-hidden', 'true');
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}

/** Puts text on the clipboard. Browsers allow it only in response to a user's action. */
export async function copyText(text: string): Promise<void> {
  const focused = document.activeElement;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copyBySelection(text);
    if (focused instanceof HTMLElement) focused.focus();
  }
}
