import { describe, expect, it } from '@jest/globals';
import { accountUrl } from '../../lib/account-url.js';

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
    expect(accountUrl(written)?.href).toBe(url);
  });

  it.each([
    'my account!',
    'http://acme.lacework.net',
    'ftp://acme.lacework.net',
    'https://user:password@acme.lacework.net',
    'https://',
    '-acme',
    'acme..net',
  ])('%s is none', (written) => {
    expect(accountUrl(written)).toBeUndefined();
  });
});
