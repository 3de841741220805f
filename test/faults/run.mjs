// npm run test:faults -- --seed N --minutes M: without kills and with them, both at once.
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    minutes: { type: 'string', default: '2' },
  },
});
console.log(`Seed ${values.seed}, ${values.minutes} minutes`);
const { status } = spawnSync('npm', ['run', '-s', 'jest', '--', 'test/faults/mixture'], {
  stdio: 'inherit',
  env: { ...process.env, FAULTS_SEED: values.seed, FAULTS_MINUTES: values.minutes },
});
process.exitCode = status ?? 1;
