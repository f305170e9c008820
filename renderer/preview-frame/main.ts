import { tellLeaveKeys } from './leave-keys.ts';
import { listenForPort } from './port.ts';
import { PreviewProgram } from './preview-program.ts';

let program: PreviewProgram | null = null;

listenForPort(window, {
  onConnect: (port) => {
    program = new PreviewProgram(port);
    tellLeaveKeys(window, port);
    port.send({ type: 'ready' });
  },
  onCommand: (command) => program?.handle(command),
});

// What nobody caught is told as well: a preview is never silently empty.
window.addEventListener('error', ({ error }) => {
  // Notices of the browser, such as a resize that took two rounds, come without an error.
  if (error) program?.fail(error);
});
window.addEventListener('unhandledrejection', ({ reason }) => program?.fail(reason));
