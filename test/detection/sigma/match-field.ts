type Value = string | number | boolean | null;
type Test = (actual: unknown) => boolean;

/**
 * Whether one field of an event matches: `key` is the field's dotted name with its modifiers, `expected` a value or a list of which
 * one has to match (all of them under `|all`). A field that is a list matches when one of its values does.
 */
export function matchField(event: unknown, key: string, expected: Value | readonly Value[]): boolean {
  const [name, ...modifiers] = key.split('|') as [string, ...string[]];
  const all = modifiers.includes('all');
  const operator = modifiers.filter((modifier) => modifier !== 'all');
  if (operator.length > 1) throw new SyntaxError(`The modifiers of ${key} cannot be used together.`);
  const actual = [fieldOf(event, name)].flat();
  const tests = [expected].flat().map((value) => testOf(operator[0], value, key));
  const passes = (test: Test) => actual.some(test);
  return all ? tests.every(passes) : tests.some(passes);
}

function fieldOf(event: unknown, name: string): unknown {
  return name.split('.').reduce<unknown>((value, part) => (isObject(value) ? value[part] : undefined), event);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function testOf(operator: string | undefined, expected: Value, key: string): Test {
  switch (operator) {
    case undefined:
      return expected === null ? (actual) => actual === undefined || actual === null : textTest('', expected, '');
    case 'contains':
      return textTest('*', expected, '*');
    case 'startswith':
      return textTest('', expected, '*');
    case 'endswith':
      return textTest('*', expected, '');
    case 're': {
      const pattern = new RegExp(String(expected), 'u');
      return (actual) => isScalar(actual) && pattern.test(String(actual));
    }
    case 'gte':
      return (actual) => isScalar(actual) && Number(actual) >= Number(expected);
    default:
      throw new SyntaxError(`The modifier of ${key} is not supported.`);
  }
}

/** Sigma compares text without regard to case; `*` stands for any text and `?` for one character, unless after a `\\`. */
function textTest(before: '' | '*', expected: Value, after: '' | '*'): Test {
  const source = String(expected).replace(/\\([*?\\])|[\s\S]/g, (character, escaped) => {
    if (escaped !== undefined) return `\\${escaped}`;
    if (character === '*') return '[\\s\\S]*';
    if (character === '?') return '[\\s\\S]';
    return character.replace(/[.+^${}()|[\]\\/]/, '\\$&');
  });
  const pattern = new RegExp(`${before === '' ? '^' : ''}(?:${source})${after === '' ? '$' : ''}`, 'iu');
  return (actual) => isScalar(actual) && pattern.test(String(actual));
}

function isScalar(value: unknown): boolean {
  return ['string', 'number', 'bigint', 'boolean'].includes(typeof value);
}
