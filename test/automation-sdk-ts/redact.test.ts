import { describe, expect, it } from '@jest/globals';
import { Secret } from '@sekoia/automation-sdk-ts';
import { createRedactor } from '../../lib/automation-sdk-ts/src/redact.js';

function masked(secret: string, text: string): string {
  const redactor = createRedactor();
  redactor.add(new Secret(secret));
  return redactor.apply(text);
}

describe('a redactor that was given the address of a store', () => {
  it.each(['memory:', 'file:///var/state', 'redis://cache:6379/2', 'rediss://user@cache', 'postgres://db:5432/state'])(
    'leaves %s readable, as it has no password',
    (url) => {
      const text = `The store ${url} failed while acquiring the lease.`;
      expect(masked(url, text)).toBe(text);
    },
  );

  it.each([
    ['redis://:hunter2@cache:6379', 'redis://cache:6379'],
    ['postgres://user:hunter2@db/state', 'postgres://db/state'],
    ['postgres://user@db/state?sslmode=require&password=hunter2', 'postgres://db/state'],
  ])('masks the password of %s and the whole of it, and leaves the store readable', (url, store) => {
    expect(masked(url, `${url}, ${store}, hunter2`)).toBe(`[secret], ${store}, [secret]`);
  });

  it('masks a password as the address has it and as it is', () => {
    expect(masked('redis://:hunter%402@cache', 'hunter%402 is hunter@2')).toBe('[secret] is [secret]');
  });

  it('masks an address with a password too short to be masked by itself', () => {
    expect(masked('redis://:abc@cache', 'It is redis://:abc@cache, as in the alphabet.')).toBe(
      'It is [secret], as in the alphabet.',
    );
  });

  it('masks a credential that only looks like an address', () => {
    expect(masked('key://4711-4712', 'The key key://4711-4712 is refused.')).toBe('The key [secret] is refused.');
  });
});
