import { describe, expect, it } from '@jest/globals';
import { changedFields, lostFields } from '../../lib/console/web/events/compare-versions.js';
import { jsonLines, leavesOf } from '../../lib/console/web/events/json-lines.js';
import { fc } from '../helpers/properties.js';

describe('a JSON text, line by line', () => {
  it('keeps every value as it was sent', () => {
    const lines = jsonLines('{"id": 9007199254740993, "n": 1.50, "s": "\\u00e9\\/", "list": [true, {}], "none": null}');
    expect(lines?.map(({ depth, path, token }) => [depth, path, token])).toEqual([
      [0, '', '{'],
      [1, 'id', '9007199254740993'],
      [1, 'n', '1.50'],
      [1, 's', '"\\u00e9\\/"'],
      [1, 'list', '['],
      [2, 'list[0]', 'true'],
      [2, 'list[1]', '{}'],
      [1, 'list', ']'],
      [1, 'none', 'null'],
      [0, '', '}'],
    ]);
  });

  it('means the same as the text, whatever it is', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (text) => {
        const written = jsonLines(text)
          ?.map(
            ({ key, token, hasComma }) =>
              `${key === undefined ? '' : `${JSON.stringify(key)}:`}${token}${hasComma ? ',' : ''}`,
          )
          .join('\n');
        expect(JSON.parse(written ?? '')).toEqual(JSON.parse(text));
      }),
    );
  });

  it.each(['', '{', '{"a"}', '{"a":1,}', '[1 2]', 'text', '{"a":1} x', '['.repeat(100), ']', '{"a":}', '"a'])(
    'leaves alone what is not JSON, or too deep: %.12s',
    (text) => {
      expect(jsonLines(text)).toBeUndefined();
    },
  );

  it('names the leaves', () => {
    expect([...leavesOf(jsonLines('{"a":{"b":[1,"x"],"c":{}}}') ?? [])]).toEqual([
      ['a.b[0]', '1'],
      ['a.b[1]', '"x"'],
      ['a.c', '{}'],
    ]);
  });
});

describe('two versions of an event', () => {
  const before = '{"a":1,"b":{"c":"x","d":2},"gone":true}';
  const now = '{"a":1,"b":{"c":"y","d":2},"new":[3]}';

  it('differ in the fields that changed, came and went', () => {
    expect([...changedFields(now, before)]).toEqual([
      ['b.c', '"x"'],
      ['new[0]', undefined],
    ]);
    expect([...lostFields(now, before)]).toEqual([['gone', 'true']]);
  });

  it('do not differ where there is only one, or where one is no JSON', () => {
    expect(changedFields(now, undefined).size).toBe(0);
    expect(changedFields('text', before).size).toBe(0);
  });
});
