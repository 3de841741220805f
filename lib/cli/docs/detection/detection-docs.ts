import { detectionPage } from './detection-page.js';
import { navigatorLayer } from './navigator-layer.js';
import { readPlatformRules } from './platform-rules.js';
import { readSigmaRule } from './sigma-rule.js';

/** Every generated file about detection, by its path in the repository; `platformRules` and each of `sigma`, by file, are texts. */
export function detectionDocs(platformRules: string, sigma: Readonly<Record<string, string>>): Record<string, string> {
  const rules = readPlatformRules(platformRules);
  const own = Object.fromEntries(Object.entries(sigma).map(([file, text]) => [file, readSigmaRule(text)]));
  return {
    'docs/detection.md': detectionPage(rules, own),
    'docs/attack-navigator-layer.json': navigatorLayer(rules, Object.values(own)),
  };
}
