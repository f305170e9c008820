// Loaded into each process that `npm start` begins. When the starter lets go of the channel (to end the process, or because it
// died itself), the process ends as on SIGTERM: on every system, also where there are no signals, and nothing is left behind.

process.on('disconnect', () => {
  if (!process.emit('SIGTERM')) process.exit(0);
});
process.channel?.unref();
