// A worker of a test run that was killed would live on, and with it what its tests started.
process.once('disconnect', () => process.exit(1));
