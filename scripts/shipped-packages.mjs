// Which packages travel with the module, and how: read from npm's own bill of materials of everything that is installed.
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const PAGE = 'lib/console/web';
const IMPORT = /^(?:import|export)\s(?:[^;]*?\sfrom\s+)?'((?:@[\w.-]+\/)?[\w.-]+)[^']*'/gm;

/**
 * Reads npm's bill of materials (CycloneDX) and the role of each of its components by `bom-ref`: `runtime` for what runs with the
 * module, `page` for what is built into the console's page, `development` for the rest. npm's own `--omit=dev` is of no use here: it
 * leaves out what runs with the module and serves development too.
 */
export async function readPackages() {
  const { stdout } = await promisify(execFile)('npm', ['sbom', '--sbom-format=cyclonedx', '--sbom-type=application'], {
    maxBuffer: 2 ** 26,
  });
  const bom = JSON.parse(stdout);
  const needs = new Map(bom.dependencies.map(({ ref, dependsOn }) => [ref, dependsOn]));
  const root = bom.metadata.component['bom-ref'];
  const direct = (names) => needs.get(root).filter((ref) => names.includes(nameOf(ref)));
  const { dependencies } = JSON.parse(readFileSync('package.json', 'utf8'));
  const runtime = reachable(needs, direct(Object.keys(dependencies)));
  const page = reachable(needs, direct(pageImports()));
  const roleOf = (ref) => (runtime.has(ref) ? 'runtime' : page.has(ref) ? 'page' : 'development');
  const roles = new Map(bom.components.map((component) => [component['bom-ref'], roleOf(component['bom-ref'])]));
  return { bom, roles };
}

/** The name in a `bom-ref`: what stands before the last @. */
export function nameOf(ref) {
  return ref.slice(0, ref.lastIndexOf('@'));
}

function reachable(needs, refs) {
  const found = new Set();
  const visit = (ref) => {
    if (found.has(ref)) return;
    found.add(ref);
    for (const next of needs.get(ref) ?? []) visit(next);
  };
  for (const ref of refs) visit(ref);
  return found;
}

/** The names of the packages that the page's sources import. */
function pageImports() {
  const files = readdirSync(PAGE, { recursive: true, encoding: 'utf8' }).filter((file) => /\.tsx?$/.test(file));
  // Its configuration is no part of the page.
  const sources = files.filter((file) => !file.startsWith('vite.config.'));
  return sources.flatMap((file) =>
    [...readFileSync(join(PAGE, file), 'utf8').matchAll(IMPORT)].map(([, name]) => name),
  );
}
