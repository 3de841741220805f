import type { Names } from './believable-names.js';

/** The user of a cloud account. */
export const cloudUser = ({ account, person, principal, region }: Names) => [
  { KEY: { account, username: person, mfa: 0, principalId: principal }, PROPS: { region_list: [region] } },
];

/** Where a call or a connection comes from, or leads to. */
export const address = ({ address: ip_addr }: Names) => [
  {
    KEY: { ip_addr },
    PROPS: { location: { country_name: 'Portugal', country_code: 'PT', region_name: 'Lisbon', city_name: 'Lisbon' } },
  },
];

/** A host with an agent. */
export const machine = ({ machine: hostname }: Names) => [
  { KEY: { hostname, internal_ip_addr: '10.0.12.7' }, PROPS: {} },
];

/** A call of a cloud's API. */
export const call = (service: string, api: string) => [{ KEY: { service, api }, PROPS: {} }];
