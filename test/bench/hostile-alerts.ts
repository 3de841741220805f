/** What an alert says in its subject and its description, and its entity map if it has one. */
export interface HostileParts {
  readonly subject: string;
  readonly description: string;
  /** The members of the entity map as JSON text. */
  readonly entityMap?: string;
}

/** A way to make alerts of any length that a careless reader takes the square of that length for. */
export interface HostileFamily {
  readonly name: string;
  readonly build: (length: number) => HostileParts;
}

const PIECES = [
  ' ',
  '\t',
  '7',
  'by user ',
  'first time ',
  'times ',
  ' 1,1 times',
  '/',
  '(',
  ')',
  ':',
  'For account: ',
  'For project: ',
  'A new service ',
  'from an IP address ',
  'User ',
  'a@b.c ',
  'A/1:',
  '-',
  '.',
  '@',
  'é',
];

/** Every family of the benchmark and of the tests. */
export const HOSTILE_FAMILIES: readonly HostileFamily[] = [
  described('white space', ' '),
  described('digits', '7'),
  described('digits and commas', '7,'),
  described('`by user`', 'by user '),
  described('`by` and white space', (length) => `User a by${' '.repeat(length)}`),
  described('words `by`', 'by '),
  described('`first time`', 'first time '),
  described('words `first`', 'first '),
  described('`times`', 'times '),
  described('counts that are none', '1,1 times '),
  described('slashes', '/'),
  described('opening parentheses', '('),
  described('closing parentheses', ')'),
  described('colons', ':'),
  described('a company never closed', (length) => `For account: a (${'('.repeat(length)}`),
  described('parentheses in a company', (length) => `For account: a (${'()'.repeat(length / 2)}`),
  described('a project that never ends', (length) => `For project: ${'a'.repeat(length)}`),
  described('an account that never ends', (length) => `For account: ${'a'.repeat(length)}`),
  described('`TYPE/ACCOUNT` without a colon', (length) => `by user ${'A/'.repeat(length / 2)}`),
  described('white space after `TYPE/ACCOUNT:`', (length) => `User A/1:${' '.repeat(length)}`),
  described('accounts and white space', 'A/1: '),
  described('a name of dots', (length) => `User A/${'a.'.repeat(length / 2)}`),
  described('an e-mail address of dots', (length) => `a@${'b.'.repeat(length / 2)} first time`),
  described('addresses that are none', (length) => `User a ${'from an IP address x '.repeat(length / 21)}`),
  described('addresses that nearly are', (length) => `User a ${'from an IP address '.repeat(length / 19)}1.2.3.4`),
  described('punctuation around an address', (length) => `User a from an IP address ${'('.repeat(length)}`),
  described('punctuation behind an address', (length) => `User a from an IP address 1.2.3.4${')'.repeat(length)}`),
  described('services', 'A new service '),
  described('services without a user', (length) => `A new service s ${'(by user '.repeat(length / 9)}`),
  described('users', 'User '),
  described('colons in a session', (length) => `by user ${':'.repeat(length)}`),
  described('e-mail signs', '@'),
  described('hyphens', '-'),
  described('white space beyond ASCII', '\u2003'),
  described('a mixture', mixture),
  { name: 'a subject that nearly repeats the description', build: nearRepetition },
  {
    name: 'a description of one letter in a subject of another',
    build: (length) => ({ subject: `${'a'.repeat(length)}b`, description: `b${'a'.repeat(length / 2)}` }),
  },
  {
    // The engine's own search gives up its shortcuts for this one, and takes the product of the two lengths.
    name: 'a description with another letter in its middle',
    build: (length) => ({
      subject: `${'a'.repeat(length)}b`,
      description: `${'a'.repeat(length / 4)}b${'a'.repeat(length / 4)}`,
    }),
  },
  mapped('keys in an entity', (length) => `"CT_User":[{${listOf(length / 14, (i) => `"k${i}":${i}`)}}]`),
  mapped('entries of an entity', (length) => `"CT_User":[${listOf(length / 16, () => '{"username":""}')}]`),
  mapped('callers', (length) => `"API":[{"source_ip_address_list":[${listOf(length / 10, () => '"1.2.3.4"')}]}]`),
  mapped('entities of one name', (length) => listOf(Math.sqrt(length), (i) => `"CT${'_'.repeat(i)}User":"user ${i}"`)),
  mapped('lists in lists', (length) => `"SourceIpAddress":[${'['.repeat(length / 2)}${']'.repeat(length / 2)}]`),
  mapped('objects in objects', (length) => `"Region":[${'{"x":'.repeat(length / 6)}1${'}'.repeat(length / 6)}]`),
];

/** The JSON text of an alert that says so. */
export function alertOf({ subject, description, entityMap }: HostileParts): string {
  const info = JSON.stringify({ subject, description });
  // Its identifier is written such that it has to be looked for.
  return `{"alertId":1E3,"startTime":"2024-02-13T17:00:00.000Z","alertInfo":${info},"entityMap":{${entityMap ?? ''}}}`;
}

function described(name: string, text: string | ((length: number) => string)): HostileFamily {
  const repeated = typeof text === 'string' ? (length: number) => text.repeat(Math.ceil(length / text.length)) : text;
  return {
    name,
    build: (length) => {
      const description = repeated(length);
      return { subject: `Subject: ${description}`, description };
    },
  };
}

function mapped(name: string, entityMap: (length: number) => string): HostileFamily {
  return { name, build: (length) => ({ subject: 's', description: 'd', entityMap: entityMap(length) }) };
}

/** Pieces in an order that is the same at every run. */
function mixture(length: number): string {
  let text = '';
  for (let seed = 7; text.length < length; seed = (seed * 48_271) % 2_147_483_647) text += PIECES[seed % PIECES.length];
  return text;
}

function nearRepetition(length: number): HostileParts {
  return { subject: `${'ab'.repeat(length / 2)}ac`, description: `${'ab'.repeat(length / 4)}aa` };
}

function listOf(count: number, member: (i: number) => string): string {
  return Array.from({ length: Math.floor(count) }, (_, i) => member(i)).join(',');
}
