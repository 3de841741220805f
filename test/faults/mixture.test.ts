import { describe, expect, it } from '@jest/globals';
import { IN_FLIGHT, type MixtureResult, throwMixture } from './mixture.js';

/** Set by `npm run test:faults -- --seed N --minutes M`. */
const minutes = Number(process.env['FAULTS_MINUTES'] ?? 0);
const seed = Number(process.env['FAULTS_SEED'] ?? 1);
const seconds = minutes > 0 ? minutes * 60 : 5;
const timeoutMs = (seconds + 240) * 1000;
const everyMs = minutes > 0 ? 1_500 : 1_200;

const report = (what: string, { alerts, faults, kills, lost, duplicated }: MixtureResult) =>
  console.log(
    `Seed ${seed}, ${what}: ${alerts} alerts, ${faults} faults, ${kills} kills: lost ${lost}, duplicated ${duplicated}.`,
  );

describe('A seeded mixture of faults of both servers', () => {
  it.concurrent(
    'loses nothing and repeats nothing while the process lives',
    async () => {
      const result = await throwMixture({ seed, seconds, kills: false, everyMs });
      report('no kills', result);
      expect(result).toMatchObject({ lost: 0, duplicated: 0, criticals: [] });
    },
    timeoutMs,
  );

  it.concurrent(
    'loses nothing when the process is killed at random moments, and repeats at most what was in flight',
    async () => {
      const result = await throwMixture({ seed: seed + 1000, seconds, kills: true, everyMs });
      report('with kill -9', result);
      expect(result).toMatchObject({ lost: 0, criticals: [] });
      expect(result.kills).toBeGreaterThan(0);
      expect(result.duplicated).toBeLessThanOrEqual(result.kills * IN_FLIGHT);
    },
    timeoutMs,
  );
});
