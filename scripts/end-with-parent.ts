// Loaded into each process that `npm start` starts. When the channel to the starter closes, on
// purpose or because the starter crashed, the process ends as on SIGTERM. This works on every
// system, even without signals, so that no process is left running.

process.on('disconnect', () => {
  if (!process.emit('SIGTERM')) process.exit(0);
});
process.channel?.unref();
