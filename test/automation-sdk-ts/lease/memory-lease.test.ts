import { systemClock } from '@sekoia/automation-sdk-ts';
import { MemoryLeaseStore } from '../../../lib/automation-sdk-ts/src/lease/memory-lease-store.js';
import { describeLeases } from './conformance.js';

const leases = new MemoryLeaseStore(systemClock);

describeLeases('memory', () => leases);
