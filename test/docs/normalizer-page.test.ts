import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { normalizeAlert, PROFILES } from '../../lib/normalizer/normalize-alert.js';

const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));
const page = readFileSync(`${REPOSITORY}docs/normalizer.md`, 'utf8');

describe('docs/normalizer.md', () => {
  it('has an example of code that prints what the page says, by the name that the package exports', () => {
    expect(runModule(blockOf('js'))).toBe(blockOf('text'));
  });

  it('says of each user what the two profiles make of it', () => {
    const rows = [...page.matchAll(/^\| `((?:AROA1:|jane@)[^`]*)` \| (.*) \| (.*) \|$/gm)];
    expect(rows).toHaveLength(4);
    for (const [, user = '', ...cells] of rows) {
      const description = `by user ${user}`;
      const text = JSON.stringify({ alertInfo: { subject: description, description } });
      expect(PROFILES.map((profile) => normalizeAlert(text, { profile }).event['user'])).toEqual(
        cells.map((cell) => userIn(cell, user)),
      );
    }
  });
});

/** The user's fields that a cell speaks of. */
function userIn(cell: string, user: string): Record<string, string> {
  const [name = '', session = ''] = user.split(':');
  const values: Record<string, string> = {
    'the whole': user,
    '`AROA1`': name,
    'the UUID': session,
    'the address': session,
  };
  const fields = [...cell.matchAll(/`user\.(\w+)`(?: is ([^,]+))?/g)];
  return Object.fromEntries(fields.map(([, field, value]) => [field, value === undefined ? user : values[value]]));
}

function blockOf(language: string): string {
  return new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(page)?.[1] as string;
}

function runModule(code: string): string {
  return execFileSync(process.execPath, ['--input-type=module', '--eval', code], { cwd: REPOSITORY, encoding: 'utf8' });
}
