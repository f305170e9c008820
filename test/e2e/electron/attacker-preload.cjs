// Loaded into the page beside the real preload by a test: a page whose process was taken over can
// send whatever it likes to the main process.
const { contextBridge, ipcRenderer } = require('electron');

contextBridge.exposeInMainWorld('attacker', {
  ask(channel, ...args) {
    const answer = ipcRenderer.sendSync(channel, ...args);
    return { type: answer?.type ?? null, id: answer?.id ?? null, message: answer?.value?.value?.message ?? null };
  },
  invoke: (channel, input) =>
    ipcRenderer.invoke(channel, input).then(
      (answer) => (answer.ok ? 'done' : `refused: ${answer.failure.code}`),
      (error) => `refused: ${error.message}`,
    ),
});
