import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { operatorDocs } from '../../lib/cli/docs/operator-docs.js';

const pages = operatorDocs();

describe('The pages on messages and configuration', () => {
  it.each(Object.keys(pages))('%s is as `npm run docs` writes it', (path) => {
    expect(readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')).toBe(pages[path]);
  });

  it('know every code that the trigger can write, once', () => {
    const codes = [...(pages['docs/messages.md'] ?? '').matchAll(/^### `(.+)`$/gm)].map(([, code]) => code);
    expect(new Set(codes).size).toBe(codes.length);
    expect(codes).toEqual(
      expect.arrayContaining(['started', 'dead_lettered', 'lease_waiting', 'lacework_key_refused']),
    );
    expect(codes.length).toBeGreaterThan(50);
  });
});
