import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { ModuleView } from './api.js';

const form = z.record(z.string(), z.unknown());
const moduleManifest = z.object({ name: z.string(), version: z.string(), configuration: form });
const triggerManifest = z.object({ name: z.string(), description: z.string(), arguments: form });

/** Reads what the console shows of the module from its manifest files, as the platform does. */
export async function readManifests(root: string): Promise<ModuleView> {
  const read = async (name: string) => JSON.parse(await readFile(join(root, name), 'utf8'));
  const { name, version, configuration } = moduleManifest.parse(await read('manifest.json'));
  const trigger = triggerManifest.parse(await read('trigger_fetch_new_logs.json'));
  return {
    name,
    version,
    account: configuration,
    trigger: { name: trigger.name, description: trigger.description, configuration: trigger.arguments },
  };
}
