/** Copies by a selection, which needs no permission: the desktop shell denies them all. */
function copyBySelection(text: string): void {
  const area = document.createElement('textarea');
  area.value = text;
  area.setAttribute('aria-hidden', 'true');
  document.body.append(area);
  area.select();
  document.execCommand('copy');
  area.remove();
}

/** Puts text on the clipboard. Call it from a press: the platform asks for one. */
export async function copyText(text: string): Promise<void> {
  const focused = document.activeElement;
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copyBySelection(text);
    if (focused instanceof HTMLElement) focused.focus();
  }
}
