import fc from 'fast-check';

/**
 * Property tests draw the same cases every time: a failure is found where the code changed, not on somebody else's change.
 * `PROPERTY_SEED` and `PROPERTY_RUNS` look elsewhere, and for longer.
 */
const { PROPERTY_SEED = '1', PROPERTY_RUNS = '100' } = process.env;
fc.configureGlobal({ seed: Number(PROPERTY_SEED), numRuns: Number(PROPERTY_RUNS) });

export { fc };
