import { laceworkModule } from './module.js';

process.exitCode = await laceworkModule().run();
