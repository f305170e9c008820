/** Built files, which have a hash in their names, wherever a script or style names one. */
const BUILT_FILE = /["'`(]((?:\.{0,2}\/)?(?:[\w-]+\/)*[\w.-]+-[\w-]{8}\.(?:js|css|svg|png|wasm|woff2?))["'`)]/g;
const LINKED = /(?:src|href)="([^"#]+)"/g;
const PAGE = /["'`]([\w-]+\.html)["'`]/g;
/** How Vite writes what a dynamic import loads beforehand: relative to the page, not to the script. */
const RELATIVE_TO_PAGE = /^assets\//;

/**
 * Returns the addresses of the files that a page, script or style of the screen names, as paths of
 * the same origin. `address` is that of the file itself, such as `/assets/index-abc.js`.
 */
export function namedByPage(address: string, text: string): readonly string[] {
  const isPage = address.endsWith('/') || address.endsWith('.html');
  const names = isPage ? namesIn(text, LINKED) : [...namesIn(text, BUILT_FILE), ...namesIn(text, PAGE)];
  return [...new Set(names.map((name) => addressOf(name, address)))];
}

function namesIn(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].flatMap(([, name]) => (name ? [name] : []));
}

function addressOf(name: string, from: string): string {
  const isFromPage = RELATIVE_TO_PAGE.test(name) || name.endsWith('.html');
  return new URL(name, `app://gabinet${isFromPage ? '/' : from}`).pathname;
}
