import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { detectionDocs } from './docs/detection/detection-docs.js';

const SIGMA = 'docs/sigma';

const sigma = readdirSync(SIGMA)
  .sort()
  .map((file) => [file, readFileSync(`${SIGMA}/${file}`, 'utf8')] as const);
const pages = detectionDocs(readFileSync('docs/data/detection-rules.json', 'utf8'), Object.fromEntries(sigma));
for (const [file, text] of Object.entries(pages)) {
  writeFileSync(file, text);
  process.stdout.write(`${file} written\n`);
}
