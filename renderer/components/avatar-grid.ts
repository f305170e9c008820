/**
 * The project page marks its grid of cards with `data-avatar-grid`: names on the screen are
 * translated, attributes are not.
 */
export const AVATAR_GRID = '[data-avatar-grid]';
/** The details pane marks itself with `data-details-pane`. */
export const DETAILS_PANE = '[data-details-pane]';
export const AVATAR_CARD = `${AVATAR_GRID} [role="row"]`;
