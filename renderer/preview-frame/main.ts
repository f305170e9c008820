import { listenForPort } from './port.ts';
import { PreviewProgram } from './preview-program.ts';

let program: PreviewProgram | null = null;

listenForPort(window, {
  onConnect: (port) => {
    program = new PreviewProgram(port);
    port.send({ type: 'ready' });
  },
  onCommand: (command) => program?.handle(command),
});

// What nobody caught is told as well: a preview is never silently empty.
window.addEventListener('error', ({ error, message }) => program?.fail(error ?? message));
window.addEventListener('unhandledrejection', ({ reason }) => program?.fail(reason));
