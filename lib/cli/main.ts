#!/usr/bin/env node
import { Command } from 'commander';
import { packageVersion } from '../package-version.js';
import { normalizeCommand } from './normalize.js';

await new Command('lacework-trigger')
  .description('Collect Lacework alerts, normalize them to ECS, and forward them to an intake.')
  .version(packageVersion())
  .addCommand(normalizeCommand())
  .parseAsync();
