// Loaded into the main process before the application: no window opens before Playwright is
// attached. Playwright itself does so only with an Electron that it has found itself. With others it
// may attach while the window goes from its first, empty document to our page. It then waits for a
// navigation that is over, until its limit; and the empty document runs our preload, too.
const { app } = require('electron');

// Electron keeps `-r` and this file among the arguments, where our own program looks for names.
const own = process.argv.indexOf(__filename);
if (own > 0) process.argv.splice(own - 1, 2);

// Only Playwright starts with it; nobody would end the hold of a second start, or of a restart.
if (process.argv.includes('--remote-debugging-port=0')) {
  const attached = new Promise((resolve) => {
    // What Playwright calls once it is attached.
    // oxlint-disable-next-line no-underscore-dangle -- Playwright's name
    globalThis.__playwright_run = resolve;
  });
  const whenReady = app.whenReady.bind(app);
  app.whenReady = () => Promise.all([whenReady(), attached]).then(() => undefined);
}
