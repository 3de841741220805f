import { describe, expect, it } from '@jest/globals';
import { parseCondition } from './condition.js';
import { fires } from './evaluate.js';
import { matchField } from './match-field.js';

const event = {
  event: { code: 'ChangedFile', category: ['file', 'host'] },
  file: { path: '/usr/bin/a*b', share: 'C:\\Temp\\x' },
  sight: 18,
  id: 9007199254740993n,
  open: true,
};

describe('A field', () => {
  it.each([
    ['its text, in any case', 'event.code', 'changedfile', true],
    ['no part of its text', 'event.code', 'Changed', false],
    ['one of several texts', 'event.code', ['NewFile', 'ChangedFile'], true],
    ['one value of a list', 'event.category', 'host', true],
    ['a number', 'sight', 18, true],
    ['a number beyond 2^53', 'id', '9007199254740993', true],
    ['a boolean', 'open', true, true],
    ['* for any text', 'event.code', 'Ch*ed*', true],
    ['? for one character', 'event.code', 'ChangedFil?', true],
    ['? for no less than one', 'event.code', 'ChangedFile?', false],
    ['an escaped * for itself', 'file.path', '/usr/bin/a\\*b', true],
    ['an escaped * for nothing else', 'event.code', 'Ch\\*', false],
    ['signs of expressions as themselves', 'file.path', '/usr.bin/*', false],
    ['null when it is absent', 'user.name', null, true],
    ['null not when it is there', 'event.code', null, false],
    ['nothing when it is absent', 'user.name', '*', false],
    ['nothing below a text', 'event.code.length', '*', false],
    ['what it contains', 'event.code|contains', 'gedf', true],
    ['what it does not contain', 'event.code|contains', 'gedx', false],
    ['one of what it contains', 'event.code|contains', ['x', 'File'], true],
    ['all that it contains', 'event.code|contains|all', ['Changed', 'File'], true],
    ['not all that it contains', 'event.code|contains|all', ['Changed', 'x'], false],
    ['its beginning', 'file.path|startswith', '/usr/', true],
    ['a beginning that ends with a backslash', 'file.share|startswith', 'c:\\temp\\', true],
    ['another beginning', 'file.path|startswith', 'usr/', false],
    ['its end', 'file.path|endswith', '/a\\*b', true],
    ['another end', 'file.path|endswith', '/bin', false],
    ['an expression, with regard to case', 'event.code|re', '^Changed(File|Dir)$', true],
    ['an expression in another case', 'event.code|re', '^changed', false],
    ['a number from a bound', 'sight|gte', 18, true],
    ['a number below a bound', 'sight|gte', 19, false],
    ['no number', 'event.code|gte', 1, false],
    ['no number where none is', 'none|gte', 0, false],
  ])('matches %s', (_title, key, expected, matches) => {
    expect(matchField(event, key, expected)).toBe(matches);
  });

  it('refuses modifiers that are not known, or do not go together', () => {
    expect(() => matchField(event, 'event.code|cidr', '10.0.0.0/8')).toThrow(
      'The modifier of event.code|cidr is not supported.',
    );
    expect(() => matchField(event, 'a|contains|re', 'x')).toThrow(
      'The modifiers of a|contains|re cannot be used together.',
    );
  });
});

describe('A condition', () => {
  const searches = {
    yes_a: { sight: 18 },
    yes_b: { 'event.category': 'file' },
    no_a: { sight: 1 },
    _hidden: { sight: 1 },
  };

  it.each([
    ['yes_a', true],
    ['no_a', false],
    ['not no_a', true],
    ['not not yes_a', true],
    ['yes_a and yes_b', true],
    ['yes_a and no_a', false],
    ['no_a or yes_b', true],
    ['yes_a or no_a and no_a', true],
    ['(yes_a or no_a) and no_a', false],
    ['not no_a and yes_a', true],
    ['not (no_a or yes_a)', false],
    ['1 of yes_*', true],
    ['1 of no_*', false],
    ['2 of *_a', false],
    ['2 of yes_*', true],
    ['all of yes_*', true],
    ['all of *_a', false],
    ['1 of them', true],
    ['3 of them', false],
    ['yes_a and not 1 of no_*', true],
  ])('"%s" is %s', (condition, outcome) => {
    expect(fires({ condition, searches }, event)).toBe(outcome);
  });

  it('finds all fields of a map, or one map of a list', () => {
    const both = { sight: 18, open: true };
    const one = { sight: 18, open: false };
    expect(fires({ condition: 'it', searches: { it: both } }, event)).toBe(true);
    expect(fires({ condition: 'it', searches: { it: one } }, event)).toBe(false);
    expect(fires({ condition: 'it', searches: { it: [one, both] } }, event)).toBe(true);
    expect(fires({ condition: 'it', searches: { it: [one, { sight: 1 }] } }, event)).toBe(false);
  });

  it.each([
    ['', 'The condition "" ends too early.'],
    ['a and', 'The condition "a and" ends too early.'],
    ['1 of', 'The condition "1 of" ends too early.'],
    ['(a', 'A ) is missing in the condition "(a".'],
    ['a b', '"b" is unexpected in the condition "a b".'],
    ['a)', '")" is unexpected in the condition "a)".'],
    ['a and or b', '"or" is unexpected in the condition "a and or b".'],
    ['a | count() > 3', '"|" is unexpected in the condition "a | count() > 3".'],
  ])('"%s" is refused', (condition, message) => {
    expect(() => parseCondition(condition)).toThrow(new SyntaxError(message));
  });

  it('is refused when it names a search that there is not', () => {
    expect(() => fires({ condition: 'other', searches }, event)).toThrow('There is no search named other.');
    expect(() => fires({ condition: '1 of other_*', searches }, event)).toThrow(
      'There is no search named like other_*.',
    );
  });
});
