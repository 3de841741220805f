import { isIP } from 'node:net';

const LONGEST = 45;

/** Whether the whole text is an IPv4 or IPv6 address, without a zone: what the type `ip` of an event's field takes. */
export function isIpAddress(text: string): boolean {
  return text.length <= LONGEST && isIP(text) !== 0 && !text.includes('%');
}
