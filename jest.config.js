import { availableParallelism } from 'node:os';

/** Tests run from source; those that start the product start what `npm run build` made of it. */
export default {
  testEnvironment: 'node',
  testEnvironmentOptions: { customExportConditions: ['@sekoia/source', 'node', 'node-addons'] },
  testMatch: ['<rootDir>/test/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/dist', '<rootDir>/lib/automation-sdk-ts/dist'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: { '^.+\\.ts$': '<rootDir>/test/transform.mjs' },
  // Most tests wait for processes: on two cores five workers have something to do. (jest reads '250%' as 250 workers.)
  maxWorkers: Math.ceil(availableParallelism() * 2.5),
  testTimeout: 30_000,
};
