import { describe, expect, it } from '@jest/globals';
import { readQuery } from '../../lib/console/events/search-query.js';

const ALERT = 'lacework.cloud_security.alert';

/** The terms, each with the texts of these that fit. */
function read(query: string, ...texts: string[]) {
  return readQuery(query).map(({ fields, isNegated, fits }) => ({ fields, isNegated, fits: texts.filter(fits) }));
}

describe('a search', () => {
  it('is made of fields by their ECS names, of short names, and of free words', () => {
    expect(read('user.name:jane severity:High root', 'jane.doe', 'high', 'the root account', 'low')).toEqual([
      { fields: ['user.name'], isNegated: false, fits: ['jane.doe'] },
      { fields: [`${ALERT}.severity`], isNegated: false, fits: ['high'] },
      { fields: undefined, isNegated: false, fits: ['the root account'] },
    ]);
  });

  it('keeps together what stands in quotes', () => {
    expect(read('reason:"root account" "api \\"call\\""', 'root account', 'account', 'an api "call"')).toEqual([
      { fields: ['event.reason'], isNegated: false, fits: ['root account'] },
      { fields: undefined, isNegated: false, fits: ['an api "call"'] },
    ]);
  });

  it('turns round what has a minus in front', () => {
    expect(read('-severity:low -noise', 'low').map(({ isNegated }) => isNegated)).toEqual([true, true]);
  });

  it('compares numbers as a whole, and takes * for any value', () => {
    expect(read('sight:9 id:20', '9', '96', '20', '205').map(({ fits }) => fits)).toEqual([['9'], ['20']]);
    expect(read('user.name:*', 'anybody')[0]?.fits).toEqual(['anybody']);
  });

  it('takes an address and a principal with their colons as words', () => {
    expect(read('fe80::1 AROAUR6F6MOZ:session 10:42', 'fe80::1', 'aroaur6f6moz:session', '10:42')).toEqual([
      { fields: undefined, isNegated: false, fits: ['fe80::1'] },
      { fields: undefined, isNegated: false, fits: ['aroaur6f6moz:session'] },
      { fields: undefined, isNegated: false, fits: ['10:42'] },
    ]);
  });

  it('asks for nothing while a value is still being typed', () => {
    expect(readQuery('severity: user.name:"')).toEqual([]);
    expect(readQuery('  ')).toEqual([]);
  });

  it('names the fields there are when one is unknown', () => {
    expect(() => readQuery('usr:jane')).toThrow(/^There is no field usr\. Search in severity, /);
  });

  it.each(['"', '-', ':', '\\', '-"', 'a:"\\', '::::', '"a'.repeat(5000)])('survives %.10s', (text) => {
    expect(() => readQuery(text)).not.toThrow(TypeError);
  });
});
