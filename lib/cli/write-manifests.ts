import { writeFileSync } from 'node:fs';
import { manifests } from '../manifests.js';
import { packageVersion } from '../package-version.js';

for (const [file, content] of Object.entries(manifests(packageVersion()))) {
  writeFileSync(file, `${JSON.stringify(content, null, 2)}\n`);
  process.stdout.write(`${file} written\n`);
}
