// Prints a bill of materials (CycloneDX 1.5, JSON) of what the module ships: what is built into its programs and into the console's page.
import { nameOf, readPackages } from './shipped-packages.mjs';

const { bom, roles } = await readPackages();
const root = bom.metadata.component;
// npm calls the root by the name of its folder.
root.name = nameOf(root['bom-ref']);
const isShipped = (ref) => ref === root['bom-ref'] || (roles.get(ref) ?? 'development') !== 'development';
const shipped = {
  ...bom,
  components: bom.components.filter((component) => isShipped(component['bom-ref'])),
  dependencies: bom.dependencies
    .filter(({ ref }) => isShipped(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter(isShipped) })),
};
process.stdout.write(`${JSON.stringify(shipped, null, 2)}\n`);
