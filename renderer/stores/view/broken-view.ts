import { forgetRememberedView, isBrokenPage, markBrokenPage } from './view-memory.ts';
import { closeDetails, forgetView, useView } from './view-store.ts';

/**
 * After the screen could not be drawn, so that a reload does not bring back what broke it: first the
 * page without its selection, and if that breaks as well, another page.
 */
export function leaveBrokenView(): void {
  const { page } = useView.getState();
  if (page === null) return;
  if (isBrokenPage(page)) {
    forgetView();
    forgetRememberedView();
  } else {
    markBrokenPage(page);
    closeDetails();
  }
}
