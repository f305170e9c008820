// Loaded into each process that `npm start` starts. When the starter closes the channel, to end the process or because
// it died itself, the process ends as on SIGTERM: on every system, even without signals, and nothing is left running.

process.on('disconnect', () => {
  if (!process.emit('SIGTERM')) process.exit(0);
});
process.channel?.unref();
