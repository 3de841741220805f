import { describe, expect, it } from '@jest/globals';
import { accountUrl } from '../../lib/lacework/account-url.js';

describe("An account's address", () => {
  it.each([
    ['acme', 'https://acme.lacework.net/'],
    ['acme.lacework.net', 'https://acme.lacework.net/'],
    ['https://acme.lacework.net/', 'https://acme.lacework.net/'],
    ['https://acme.lacework.net/ui/investigation/alerts?x=1', 'https://acme.lacework.net/'],
    [' ACME.Lacework.NET ', 'https://acme.lacework.net/'],
    ['acme.fra', 'https://acme.fra.lacework.net/'],
    ['acme.fra.lacework.net', 'https://acme.fra.lacework.net/'],
    ['https://lacework.proxy.example:8443', 'https://lacework.proxy.example:8443/'],
    ['http://127.0.0.1:4000', 'http://127.0.0.1:4000/'],
    ['http://localhost:4000/', 'http://localhost:4000/'],
    ['http://[::1]:4000/', 'http://[::1]:4000/'],
  ])('%s is %s', (written, url) => {
    expect(accountUrl(written).href).toBe(url);
  });

  it.each([
    'my account!',
    'http://acme.lacework.net',
    'ftp://acme.lacework.net',
    'https://user:password@acme.lacework.net',
    'https://',
    '-acme',
    'acme..net',
  ])('%s is none, and what is said does not quote it', (written) => {
    expect(() => accountUrl(written)).toThrow(
      "Account: account is not a Lacework account's host name. Write it as in the address of the Lacework console, for instance acme.lacework.net.",
    );
  });
});
