// Loaded before the trigger: names that stand in the file HOSTS_FILE are found on this machine, as /etc/hosts would have it;
// all others are looked up as ever.
import dns from 'node:dns';
import { readFileSync } from 'node:fs';

const { lookup } = dns;

dns.lookup = (name, ...more) => {
  const isListed = readFileSync(process.env.HOSTS_FILE, 'utf8').split('\n').includes(name);
  lookup(isListed ? '127.0.0.1' : name, ...more);
};
