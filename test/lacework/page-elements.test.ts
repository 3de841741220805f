import { describe, expect, it } from '@jest/globals';
import { elementText } from '../../lib/lacework/element-text.js';
import { type PageScan, scanPage } from '../../lib/lacework/page-elements.js';
import { fc } from '../helpers/properties.js';

const NO_PAGING = { rows: undefined, totalRows: undefined, nextPage: undefined };

describe('A page of alerts', () => {
  it('is cut into the exact text of its elements', () => {
    const texts = [
      '{ "alertId" : 9007199254740993, "n":1.0,"e":1E3 , "s":"\\u0041\\n\\"}]" }',
      '{"a":[{"b":"]"},{"c":{}}],"a":2,"__proto__":{}}',
      '{}',
      '[ 1, [2] ]',
      '"text, with ] and \\\\"',
      '-1.5E+3',
      'null',
      'true',
    ];
    expect(elementsOf(`{"paging":{"rows":8},"data":[ ${texts.join('\n,\t')}\r\n]}`)).toEqual(texts);
  });

  it('keeps an element beyond ASCII as it is', () => {
    const texts = ['{"name":"Zoë 你好 🙂"}', '{"name":"plain"}'];
    expect(elementsOf(`{"data":[${texts.join(',')}]}`)).toEqual(texts);
  });

  it.each([
    ['with the list first', '{"data":[1],"paging":{"rows":1,"totalRows":5,"urls":{"nextPage":"https://a/b"}}}'],
    ['with the list last', '{"paging":{"rows":1,"totalRows":5,"urls":{"nextPage":"https://a/b"}},"data":[1]}'],
    [
      'with other members',
      '{"x":{"data":[7]},"paging":{"rows":1,"totalRows":5,"urls":{"nextPage":"https://a/b"}},"y":"data","data":[1],"z":2}',
    ],
    [
      'with white space',
      '\ufeff \t\r\n{ "paging" : { "rows" : 1 , "totalRows":5, "urls" : { "nextPage" : "https://a/b" } } , "data" : [ 1 ] }\n',
    ],
    [
      'with an earlier list',
      '{"data":[8,9],"paging":{"rows":1,"totalRows":5,"urls":{"nextPage":"https://a/b"}},"data":[1]}',
    ],
    [
      'with an earlier paging',
      '{"paging":{"rows":9},"paging":{"rows":1,"totalRows":5,"urls":{"nextPage":"https://a/b"}},"data":[1]}',
    ],
    [
      'with its names escaped',
      '{"\\u0070aging":{"rows":1,"totalRows":5,"urls":{"nextPage":"https://a/b"}},"d\\u0061ta":[1]}',
    ],
  ])('is read %s', (_, page) => {
    const scan = scanPage(Buffer.from(page));
    expect(scan).toMatchObject({ paging: { rows: 1, totalRows: 5, nextPage: 'https://a/b' }, invalidUtf8: 0 });
    expect(elementsOf(page)).toEqual(['1']);
  });

  it.each([
    ['{"data":[]}', []],
    ['{"data":[ \n ]}', []],
    ['{"data":null,"data":[1]}', ['1']],
  ])('%s has the elements %j', (page, elements) => {
    expect(elementsOf(page)).toEqual(elements);
  });

  it.each([
    ['{}', 'missing'],
    [' { } ', 'missing'],
    ['{"paging":{}}', 'missing'],
    ['{"x":{"data":[1]}}', 'missing'],
    ['{"data":null}', 'null'],
    ['{"data":[1],"data":null}', 'null'],
    ['{"data":{}}', 'not a list'],
    ['{"data":"[]"}', 'not a list'],
    ['{"data":7}', 'not a list'],
  ])('%s has no data: %s', (page, data) => {
    expect(scanPage(Buffer.from(page))).toEqual({ kind: 'no data', data, paging: NO_PAGING });
  });

  it.each([
    ['', 'empty', 0],
    [' \n', 'empty', 2],
    ['<html>', 'not an object', 0],
    ['[]', 'not an object', 0],
    ['null', 'not an object', 0],
    ['{', 'cut short', 1],
    ['{"data', 'cut short', 6],
    ['{"data"', 'cut short', 7],
    ['{"data":', 'cut short', 8],
    ['{"data":[', 'cut short', 9],
    ['{"data":[1', 'cut short', 10],
    ['{"data":[1,', 'cut short', 11],
    ['{"data":[{"a":"b\\', 'cut short', 17],
    ['{"data":[{"a":"b', 'cut short', 16],
    ['{"data":[{"a":1}', 'cut short', 16],
    ['{"data":[{"a":1', 'cut short', 15],
    ['{"data":[1]', 'cut short', 11],
    ['{"data":[1],', 'cut short', 12],
    ['{"data":[1],}', 'unexpected character', 12],
    ['{"data":[1,]}', 'unexpected character', 11],
    ['{"data":[,1]}', 'unexpected character', 9],
    ['{"data":[1 2]}', 'unexpected character', 11],
    ['{"data" [1]}', 'unexpected character', 8],
    ['{data:[1]}', 'unexpected character', 1],
    ['{"data":[1]} x', 'unexpected character', 13],
    ['{"data":[1]}{"data":[2]}', 'unexpected character', 12],
    ['{"data":[1],"x":tru}', 'unexpected character', 16],
    ['{"data":[1],"x":[1,]}', 'unexpected character', 16],
    ['{"\\x":1,"data":[1]}', 'unexpected character', 1],
    ['{"paging":[],"data":[1]}', 'unreadable paging', 10],
    ['{"paging":{"urls":{"nextPage":7}},"data":[1]}', 'unreadable paging', 10],
  ])('%s is malformed: %s at byte %i', (page, problem, offset) => {
    expect(scanPage(Buffer.from(page))).toEqual({ kind: 'malformed', problem, offset });
  });

  it('with more than 100,000 elements is refused before they take the memory', () => {
    const page = `{"data":[${'1,'.repeat(100_000)}1]}`;
    expect(scanPage(Buffer.from(page))).toEqual({ kind: 'malformed', problem: 'too many elements', offset: 200_009 });
    expect(scanPage(Buffer.from(page.replace('1,', '')))).toMatchObject({ kind: 'elements' });
  });

  it.each([
    ['null', NO_PAGING],
    ['{}', NO_PAGING],
    ['{"urls":null}', NO_PAGING],
    ['{"urls":{"nextPage":null}}', NO_PAGING],
    ['{"urls":{"nextPage":""}}', NO_PAGING],
    ['{"rows":"5","totalRows":null,"urls":{}}', NO_PAGING],
    ['{"rows":5,"totalRows":7,"more":1}', { ...NO_PAGING, rows: 5, totalRows: 7 }],
  ])('with the paging %s is the last one', (paging, read) => {
    expect(scanPage(Buffer.from(`{"paging":${paging},"data":[]}`))).toMatchObject({ paging: read });
  });

  it.each([
    ['a byte that no character begins with', [0xff], 1],
    ['a character cut short before a quote', [0xe2, 0x82], 1],
    ['two surrogate halves', [0xed, 0xa0, 0x80], 3],
    ['a true U+FFFD beside a wrong byte', [0xef, 0xbf, 0xbd, 0xc0], 1],
  ])('with %s has it replaced and counted', (_, wrong, invalidUtf8) => {
    const page = Buffer.concat([Buffer.from('{"data":["a'), Buffer.from(wrong), Buffer.from('","b"]}')]);
    expect(scanPage(page)).toMatchObject({ kind: 'elements', invalidUtf8 });
    expect(elementsOf(page)).toEqual([`"a${Buffer.from(wrong).toString('utf8')}"`, '"b"']);
  });

  it('gives JSON.parse what it would have found in the whole, for any page', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.jsonValue(), fc.constantFrom(0, 1, '\t'), (data, other, space) => {
        const page = { other, data, paging: { rows: data.length } };
        const elements = elementsOf(JSON.stringify(page, null, space));
        expect(elements.map((element) => JSON.parse(element))).toEqual(JSON.parse(JSON.stringify(data)));
      }),
      { verbose: true },
    );
  });

  it('is malformed when it is cut anywhere', () => {
    const page = Buffer.from('{"paging":{"rows":2,"urls":{"nextPage":null}},"data":[{"a":"}"},{"b":[1,"\\""]}]}');
    for (let length = 0; length < page.length; length++) {
      expect(scanPage(page.subarray(0, length)).kind).toBe('malformed');
    }
  });
});

function elementsOf(page: string | Buffer): string[] {
  const bytes = Buffer.from(page as string);
  const scan: PageScan = scanPage(bytes);
  if (scan.kind !== 'elements') throw new Error(`The page has no elements: ${JSON.stringify(scan)}`);
  return scan.offsets.flatMap((start, i) =>
    i % 2 === 0 ? [elementText(bytes, start, scan.offsets[i + 1] as number)] : [],
  );
}
