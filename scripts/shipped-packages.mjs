// Which packages the module ships, and how: npm's own bill of materials of all that is installed, and what the bundler built in.
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';

const BUILT_IN = /^## (.+) - (\S+) \(.+\)$/gm;
/** Built in from its sources, as the module itself is. */
const SDK = '@sekoia/automation-sdk-ts';

/**
 * Reads npm's bill of materials (CycloneDX) and the role of each of its components by `bom-ref`: `runtime` for what is built into the
 * programs, `page` for what is built into the console's page alone, `development` for the rest. The bundler must have run.
 */
export async function readPackages() {
  const { stdout } = await promisify(execFile)('npm', ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application'], {
    maxBuffer: 2 ** 26,
  });
  const bom = JSON.parse(stdout);
  const runtime = builtInto('dist/bin');
  const page = builtInto('dist/lib/console/web');
  const isRuntime = (ref) => runtime.has(ref) || nameOf(ref) === SDK;
  const roleOf = (ref) => (isRuntime(ref) ? 'runtime' : page.has(ref) ? 'page' : 'development');
  const roles = new Map(bom.components.map((component) => [component['bom-ref'], roleOf(component['bom-ref'])]));
  return { bom, roles };
}

/** The name in a `bom-ref`: what stands before the last @. */
export function nameOf(ref) {
  return ref.slice(0, ref.lastIndexOf('@'));
}

/** The packages whose licences the bundler wrote beside what it made. */
function builtInto(folder) {
  const licences = readFileSync(`${folder}/licences.md`, 'utf8');
  return new Set([...licences.matchAll(BUILT_IN)].map(([, name, version]) => `${name}@${version}`));
}
