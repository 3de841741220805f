import { setFlagsFromString } from 'node:v8';
import { spareFirstMoments } from './first-moments.js';

spareFirstMoments();
// Nearly all that is allocated is garbage a moment later: the young generation is small, and collected sooner by one thread than
// it is shared out. What does get old is little, and collected when it has grown by some megabytes: left to itself, V8 would let it
// take 60 more, and what is outside of its heap would wait as long.
setFlagsFromString('--no-parallel-scavenge');
setFlagsFromString('--optimize-for-size');
setFlagsFromString('--heap-growing-percent=60');
// A start that finds a few thousand alerts spends more on optimizing code than on running it: the less is inlined, the less is
// compiled, and it runs as fast.
setFlagsFromString('--max-inlined-bytecode-size-cumulative=300');

// Until the module listens to them itself, nothing has begun that a stop could leave undone.
const stopAtOnce = () => process.exit(0);
process.on('SIGTERM', stopAtOnce).on('SIGINT', stopAtOnce).on('disconnect', stopAtOnce);
// Whoever started this process may be gone already; without a channel to it, this is undefined.
if (process.connected === false) stopAtOnce();
const { laceworkModule } = await import('./module.js');
// From here on, code is compiled when it first runs, not when it has run some times as bytecode: most of it soon runs again. What
// ran so far, to load the module, never does.
setFlagsFromString('--always-sparkplug');
const running = laceworkModule().run();
process.off('SIGTERM', stopAtOnce).off('SIGINT', stopAtOnce).off('disconnect', stopAtOnce);
process.exitCode = await running;
