// Loaded before the trigger: its timers and its monotonic clock run ten times as fast, so that a deadline of a minute takes
// six seconds. Times of day stay what they are.
import { syncBuiltinESMExports } from 'node:module';
import timers from 'node:timers/promises';

const SPEED = 10;
const { setTimeout: start, setInterval: startInterval } = globalThis;
const { setTimeout: sleep } = timers;
const monotonic = performance.now.bind(performance);

globalThis.setTimeout = (run, ms, ...more) => start(run, ms / SPEED, ...more);
globalThis.setInterval = (run, ms, ...more) => startInterval(run, ms / SPEED, ...more);
timers.setTimeout = (ms, ...more) => sleep(ms / SPEED, ...more);
performance.now = () => monotonic() * SPEED;
syncBuiltinESMExports();
