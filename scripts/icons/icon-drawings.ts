/** The side of all drawings, in units of the SVG. */
const CANVAS = 1024;

interface Place {
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

/** Windows and Linux show icons edge to edge, apart from the margin that the drawing has itself. */
const EDGE_TO_EDGE: Place = { x: 0, y: 0, side: CANVAS };
/**
 * Apple's icon grid: the tile takes 824 of 1024, so that icons in the Dock look equally large. In
 * the drawing the tile takes 28 of 32.
 */
const ON_APPLE_GRID: Place = placed(CANVAS / 2, CANVAS / 2, (824 * 32) / 28);
/** On the page of a document, below its middle, where the folded corner leaves room. */
const ON_PAGE: Place = placed(CANVAS / 2, 580, 520);

const PAGE = { paper: '#ffffff', fold: '#ebebee', line: '#b9b9c2' };

function placed(centerX: number, centerY: number, side: number): Place {
  return { x: centerX - side / 2, y: centerY - side / 2, side };
}

/** The application's icon for Windows and Linux, as SVG. `icon` is the drawing of 32 units. */
export function tileDrawing(icon: string): string {
  return drawing(nested(icon, EDGE_TO_EDGE));
}

/** The application's icon for macOS, as SVG. */
export function appleDrawing(icon: string): string {
  return drawing(nested(icon, ON_APPLE_GRID));
}

/** The icon of a `.gab` file, as SVG: the application's icon on a sheet with a folded corner. */
export function documentDrawing(icon: string): string {
  const sheet = 'M232 64h392l208 208v632a56 56 0 0 1-56 56H232a56 56 0 0 1-56-56V120a56 56 0 0 1 56-56z';
  const corner = 'M624 64v152a56 56 0 0 0 56 56h152z';
  const stroke = `stroke="${PAGE.line}" stroke-width="20" stroke-linejoin="round"`;
  return drawing(
    `<path d="${sheet}" fill="${PAGE.paper}" ${stroke}/><path d="${corner}" fill="${PAGE.fold}" ${stroke}/>` +
      nested(icon, ON_PAGE),
  );
}

function drawing(content: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${CANVAS} ${CANVAS}">${content}</svg>`;
}

function nested(icon: string, { x, y, side }: Place): string {
  const opening = /<svg\b([^>]*)>/;
  if (!opening.test(icon)) throw new Error('The icon is not an SVG');
  return icon.replace(opening, `<svg x="${x}" y="${y}" width="${side}" height="${side}"$1>`);
}
