import { forwardLeaveKeys } from './leave-keys.ts';
import { listenForPort } from './port.ts';
import { PreviewProgram } from './preview-program.ts';

let program: PreviewProgram | null = null;

listenForPort(window, {
  onConnect: (port) => {
    program = new PreviewProgram(port);
    forwardLeaveKeys(window, port);
    port.send({ type: 'ready' });
  },
  onCommand: (command) => program?.handle(command),
});

// Uncaught errors are reported too, so that a preview is never silently empty.
window.addEventListener('error', ({ error }) => {
  // Browser notices such as a resize loop come without an error.
  if (error) program?.fail(error);
});
window.addEventListener('unhandledrejection', ({ reason }) => program?.fail(reason));
