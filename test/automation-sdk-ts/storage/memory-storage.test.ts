import { KeyvStorage } from '../../../lib/automation-sdk-ts/src/storage/keyv-storage.js';
import { MemoryStore } from '../../../lib/automation-sdk-ts/src/storage/memory-store.js';
import { describeStorage } from './conformance.js';

const storage = new KeyvStorage(new MemoryStore());

describeStorage('memory', { open: async () => storage });
