import type { AlertKind } from './alert-kind.js';
import { address, machine } from './believable-entities.js';

/** What agents see on hosts: connections, applications, users, files. */
export const hostKinds: readonly AlertKind[] = [
  {
    type: 'NewExternalServerIp',
    name: 'New External Server IP Address',
    category: 'Anomaly',
    subCategory: 'Machine',
    source: 'Agent',
    severities: ['Medium', 'Low'],
    description: ({ machine: host, address: ip }) => `${host} connected to ${ip}`,
    entities: (names) => ({ Machine: machine(names), IpAddress: address(names) }),
  },
  {
    type: 'NewExternalServerBadDns',
    name: 'Connection to a known bad domain',
    category: 'Anomaly',
    subCategory: 'Threat Intel',
    source: 'Agent',
    severities: ['High', 'Critical'],
    description: ({ machine: host, domain }) => `${host} connected to ${domain}, which is on a list of bad domains`,
    entities: (names) => ({ Machine: machine(names), DnsName: [{ KEY: { hostname: names.domain }, PROPS: {} }] }),
  },
  {
    type: 'SuspiciousApplicationLaunched',
    name: 'Suspicious application',
    category: 'Anomaly',
    subCategory: 'Application',
    source: 'Agent',
    severities: ['High', 'Medium'],
    description: ({ path, more }) => `Suspicious application ${path} (and ${more} more)`,
    entities: (names) => ({
      Machine: machine(names),
      Application: [{ KEY: { application: names.path }, PROPS: {} }],
      Process: [{ KEY: { hostname: names.machine, cmdline: `${names.path} --daemon`, process_id: 4711 }, PROPS: {} }],
    }),
  },
  {
    type: 'SuspiciousUserLoginMultiGEOs',
    name: 'Suspicious logins from multiple GEOs',
    category: 'Anomaly',
    subCategory: 'User',
    source: 'Agent',
    severities: ['High', 'Medium'],
    description: ({ person, more }) =>
      `Suspicious user logins detected for user ${person} (and ${more} more) access from multiple geographies`,
    entities: (names) => ({ User: [{ KEY: { username: names.person, machine_hostname: names.machine }, PROPS: {} }] }),
  },
  {
    type: 'SuspiciousFile',
    name: 'Suspicious Files',
    category: 'Policy',
    subCategory: 'File',
    source: 'Agent',
    severities: ['High', 'Medium'],
    description: ({ path, more }) => `${path} (and ${more} more)`,
    entities: (names) => ({
      FileExePath: [{ KEY: { exe_path: names.path }, PROPS: { last_filedata_hash: 'a3'.repeat(32) } }],
      Machine: machine(names),
    }),
  },
  {
    type: 'ChangedFile',
    name: 'Changed file',
    category: 'Anomaly',
    subCategory: 'File',
    source: 'Agent',
    severities: ['Low', 'Info'],
    description: ({ machine: host, path }) => `File ${path} was changed on ${host}`,
    entities: (names) => ({ FileExePath: [{ KEY: { exe_path: names.path }, PROPS: {} }], Machine: machine(names) }),
  },
];
