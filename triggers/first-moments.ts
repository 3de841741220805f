import { setFlagsFromString } from 'node:v8';
import { boundYoungGeneration } from './young-generation.js';

/** A start that finds a few thousand alerts is over by then. */
const MOMENTS_MS = 1_500;
/** After how much use V8 optimizes code: at first, and as it does by itself. Its measure is another since Node 22. */
const [SELDOM, USUAL] =
  Number.parseInt(process.versions.v8, 10) < 12
    ? ['--interrupt-budget=600000', '--interrupt-budget=67584']
    : ['--invocation-count-for-turbofan=30000', '--invocation-count-for-turbofan=3000'];

/**
 * Has V8 do less for the long run at first: what it optimizes, and what it collects of a heap that only grows for being new, costs
 * a short start more than it saves. Not for longer: a backlog runs slower without the one, and takes more memory without the other.
 */
export function spareFirstMoments(): void {
  setFlagsFromString(SELDOM);
  setFlagsFromString('--no-incremental-marking');
  const youngGeneration = boundYoungGeneration();
  setTimeout(() => {
    setFlagsFromString(USUAL);
    setFlagsFromString('--incremental-marking');
    youngGeneration.stop();
  }, MOMENTS_MS).unref();
}
