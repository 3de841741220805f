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

  it.each(['arn:aws:iam::123456789012:user/jane', 'http://x', 'C:\\Windows\\cmd.exe', 'AWS:s3/bucket'])(
    'takes what is pasted with its colons as words: %s',
    (text) => {
      expect(read(text, text.toLowerCase(), 'other')).toEqual([
        { fields: undefined, isNegated: false, fits: [text.toLowerCase()] },
      ]);
    },
  );

  it('takes curly quotes as quotes, and leaves them inside of straight ones', () => {
    expect(read('reason:“root account” "say “hi”"', 'root account', 'say “hi”')).toEqual([
      { fields: ['event.reason'], isNegated: false, fits: ['root account'] },
      { fields: undefined, isNegated: false, fits: ['say “hi”'] },
    ]);
  });

  it('reads line breaks, tabs and backslashes in quotes as JSON writes them', () => {
    const text = 'a\nb\tc\\n';
    expect(read(JSON.stringify(text), text)[0]?.fits).toEqual([text]);
  });

  it.each(['event.kind:alert', '@timestamp:2026-01-31T10:00', 'observer.type:"x"', 'message:root'])(
    'says that a field that events have is not searched: %s',
    (text) => {
      const name = /^[^:]+/.exec(text)?.[0];
      expect(() => readQuery(text)).toThrow(`The field ${name} is not searched. Search in severity, `);
    },
  );

  it.each(['"', '-', ':', '\\', '-"', 'a:"\\', '::::', '"a'.repeat(5000)])('survives %.10s', (text) => {
    expect(() => readQuery(text)).not.toThrow(TypeError);
  });
});
