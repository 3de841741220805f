import { afterAll, beforeAll } from '@jest/globals';
import { systemClock } from '@sekoia/automation-sdk-ts';
import { FileLeaseStore } from '../../../lib/automation-sdk-ts/src/lease/file-lease-store.js';
import { temporaryDirectory } from '../../helpers/temporary-directory.js';
import { describeLeases } from './conformance.js';

let directory: Awaited<ReturnType<typeof temporaryDirectory>>;
beforeAll(async () => {
  directory = await temporaryDirectory();
});
afterAll(() => directory.remove());

describeLeases('file', () => new FileLeaseStore(directory.path, systemClock));
