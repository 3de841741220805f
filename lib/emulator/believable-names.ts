import type { Random } from './seeded-random.js';

const people = [
  'jane.doe',
  'amir.k',
  'lucia.ferrer',
  'tom.okafor',
  'mei.lin',
  'noel.martin',
  'sara.lund',
  'ivan.petrov',
];
const machines = [
  'ip-172-18-0-240',
  'web-prod-03',
  'build-runner-7',
  'db-replica-2',
  'gke-pool-1-x9k2',
  'bastion-eu-1',
];
const accounts = ['0123456789', '123456789012', '210987654321', '498112045577'];
const roles = ['AdminRole', 'DeployRole', 'ReadOnlyAccess', 'OrganizationAccountAccessRole', 'ci-pipeline'];
const paths = ['/usr/bin/nmap', '/tmp/.x/kworker', '/usr/local/bin/xmrig', '/opt/app/bin/server', '/var/tmp/ssh-scan'];
const hostNames = ['pool.minexmr.example', 'cdn-17.assets.example', 'updates.vendor.example', 'paste.drop.example'];
const cves = ['CVE-2021-44228', 'CVE-2023-4863', 'CVE-2024-3094', 'CVE-2022-0847', 'CVE-2024-6387'];
const images = ['shop/checkout', 'platform/ingress', 'data/etl-worker', 'public/nginx'];

/** What the texts of alerts speak of, drawn at random. */
export interface Names {
  readonly person: string;
  readonly email: string;
  readonly uuid: string;
  readonly principal: string;
  readonly machine: string;
  readonly account: string;
  readonly role: string;
  readonly path: string;
  readonly address: string;
  readonly domain: string;
  readonly cve: string;
  readonly image: string;
  readonly region: string;
  /** How often, where a text says so. */
  readonly times: number;
  /** How many more, where a text says so. */
  readonly more: number;
}

/** Draws one of each. */
export function drawNames(random: Random, regions: readonly string[]): Names {
  const person = random.pick(people);
  return {
    person,
    email: `${person}@example.com`,
    uuid: drawUuid(random),
    principal: `AROA${drawLetters(random, 17)}`,
    machine: random.pick(machines),
    account: random.pick(accounts),
    role: random.pick(roles),
    path: random.pick(paths),
    // TEST-NET-3 and TEST-NET-2: addresses that nobody owns.
    address: `${random.pick(['203.0.113', '198.51.100'])}.${1 + random.integer(254)}`,
    domain: random.pick(hostNames),
    cve: random.pick(cves),
    image: random.pick(images),
    region: random.pick(regions),
    times: 1 + random.integer(120),
    more: 1 + random.integer(40),
  };
}

function drawLetters(random: Random, length: number): string {
  return Array.from({ length }, () => random.pick([...'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'])).join('');
}

function drawUuid(random: Random): string {
  const digits = (length: number) => Array.from({ length }, () => random.integer(16).toString(16)).join('');
  return `${digits(8)}-${digits(4)}-4${digits(3)}-a${digits(3)}-${digits(12)}`;
}
