import {
  type Entities,
  type Entry,
  entryNamed,
  firstString,
  hasOddEntry,
  isFilledText,
  readEntities,
  textNamed,
  valuesNamed,
} from './entity-entries.js';
import type { EventFields } from './fields.js';
import { isIpAddress } from './ip-address.js';
import { asObject } from './oddities.js';

/** The single fields that an entity map can give. */
export type EntityFields = Pick<EventFields, keyof typeof SOURCES | 'cloud.provider'>;

/** What an entity map says: single fields, and every user name and address in order of appearance. */
export interface EntityFacts {
  readonly fields: EntityFields;
  readonly users: readonly string[];
  readonly addresses: readonly string[];
  /** Whether an entity that is read has an entry that is neither an object nor text. */
  readonly isOdd: boolean;
}

type Read = (entry: Entry) => string | undefined;
type Source = readonly [entity: string, read: Read];

/** The list of the addresses that made a call. */
const CALLERS = 'sourceipaddresslist';

/** The entry's text under one of the names. */
const text =
  (...names: string[]): Read =>
  (entry) =>
    textNamed(entry, ...names);

/** A plain string as it stands, or an object's text under one of the names. */
const plainOr =
  (read: Read): Read =>
  (entry) =>
    isFilledText(entry.value) ? entry.value : read(entry);

/** The text of the entry's `location` under the name. */
const location =
  (name: string): Read =>
  (entry) =>
    textNamed(entryNamed(entry, 'location'), name);

/** What the first of the readers that finds something finds. */
const firstOf =
  (...reads: Read[]): Read =>
  (entry) => {
    for (const read of reads) {
      const found = read(entry);
      if (found !== undefined) return found;
    }
    return undefined;
  };

/** The members of the entry's list of that name. */
const listed = (entry: Entry, name: string): unknown[] => valuesNamed(entry, name).filter(Array.isArray).flat();

const first = (values: unknown[], fits: (text: string) => boolean = () => true): string | undefined =>
  values.slice(0, 1).filter(isFilledText).find(fits);

const userName = text('username');
const USERS_ACCOUNT: Source = ['ctuser', text('account', 'accountid')];
const internalAddress: Read = (entry) => valuesNamed(entry, 'internalipaddr').filter(isFilledText).find(isIpAddress);

/** The address that an entry is about, somewhere in it; its KEY says so rather than its properties. */
const address: Read = (entry) =>
  firstString(valuesNamed(entry, 'ipaddress'), isIpAddress) ??
  firstString(valuesNamed(entry, 'key'), isIpAddress) ??
  firstString(entry.value, isIpAddress);

/**
 * Where each field comes from, the first source that has it. The names are those of an alert's details, as public mappings read
 * them, and those that Lacework documents for the events that it pushes ("Alert channels": CT_User, SourceIpAddress, API, …); ImageId
 * names an image as Container does.
 */
export const SOURCES = {
  'user.name': [
    ['ctuser', plainOr(userName)],
    ['user', userName],
  ],
  'user.id': [['ctuser', text('principalid')]],
  'cloud.account.id': [USERS_ACCOUNT, ['recid', text('accountid')]],
  'cloud.account.name': [['recid', text('accountalias')]],
  'cloud.region': [
    [
      'region',
      (entry) => textNamed(entry, 'region') ?? (asObject(entry.value) && firstString(entry.value, isFilledText)),
    ],
    ['ctuser', (entry) => first(listed(entry, 'regionlist'))],
  ],
  'source.ip': [
    ['sourceipaddress', address],
    ['ipaddress', (entry) => asObject(entry.value) && address(entry)],
    ['api', (entry) => first(listed(entry, CALLERS), isIpAddress)],
  ],
  'source.geo.country_name': [['sourceipaddress', firstOf(location('countryname'), text('country'))]],
  'source.geo.country_iso_code': [['sourceipaddress', location('countrycode')]],
  'source.geo.region_name': [['sourceipaddress', firstOf(location('regionname'), text('region'))]],
  'source.geo.city_name': [['sourceipaddress', location('cityname')]],
  'event.action': [['api', text('api')]],
  'event.provider': [['api', text('service')]],
  'rule.name': [
    ['rulestriggered', plainOr(text('ruletitle', 'rulestitle'))],
    ['recid', text('title')],
  ],
  'rule.id': [
    ['rulestriggered', text('ruleid')],
    ['recid', text('recid')],
    ['customrule', text('ruleguid')],
  ],
  'host.hostname': [['machine', text('hostname')]],
  'host.ip': [['machine', internalAddress]],
  'process.command_line': [['process', text('cmdline')]],
  'process.pid': [['process', (entry) => valuesNamed(entry, 'processid').map(wholeNumber).find(isFilledText)]],
  'process.name': [['application', text('application')]],
  'file.path': [['fileexepath', text('exepath')]],
  'file.hash.sha256': [
    ['fileexepath', (entry) => valuesNamed(entry, 'lastfiledatahash').filter(isFilledText).find(isSha256)],
  ],
  'destination.domain': [['dnsname', text('hostname')]],
  'container.image.name': [
    ['container', text('imagerepo')],
    ['imageid', text('imagerepo')],
  ],
  'container.image.tag': [
    ['container', text('imagetag')],
    ['imageid', text('imagetag')],
  ],
  'orchestrator.cluster.name': [['k8cluster', text('clustername')]],
  'vulnerability.id': [['cve', text('cveid')]],
} as const satisfies Partial<Record<keyof EventFields, readonly Source[]>>;

const FIELD_SOURCES = Object.entries(SOURCES) as [keyof typeof SOURCES, readonly Source[]][];
const ENTITIES = new Set(FIELD_SOURCES.flatMap(([, sources]) => sources.map(([entity]) => entity)));
const USERS: ReadonlyMap<string, Read> = new Map<string, Read>(SOURCES['user.name']);
const ADDRESSES: ReadonlyMap<string, Read> = new Map<string, Read>([...SOURCES['source.ip'], ...SOURCES['host.ip']]);

/** Reads an entity map, wherever it comes from: an alert's details, an event that Lacework pushed, or a sample's plain strings. */
export function readEntityMap(map: Readonly<Record<string, unknown>>): EntityFacts {
  const entities = readEntities(map, ENTITIES);
  const fields: EntityFields = {};
  for (const [name, sources] of FIELD_SOURCES) {
    const found = firstFrom(entities, sources);
    if (found !== undefined) fields[name] = found;
  }
  // An alias names the account of its own entity, and no other.
  if (firstFrom(entities, [USERS_ACCOUNT]) !== undefined) fields['cloud.account.name'] = undefined;
  if (/^\d{12}$/.test(fields['cloud.account.id'] ?? '')) fields['cloud.provider'] = 'aws';
  return { fields, ...relatedIn(entities), isOdd: hasOddEntry(entities) };
}

function relatedIn(entities: Entities): { users: string[]; addresses: string[] } {
  const users: string[] = [];
  const addresses: string[] = [];
  for (const [name, entries] of entities) {
    for (const entry of entries) {
      const user = USERS.get(name)?.(entry);
      if (user !== undefined) users.push(user);
      // A call has several callers, of which source.ip takes the first.
      const found = name === 'api' ? listed(entry, CALLERS) : [ADDRESSES.get(name)?.(entry)];
      for (const one of found) if (isFilledText(one) && isIpAddress(one)) addresses.push(one);
    }
  }
  return { users, addresses };
}

function firstFrom(entities: Entities, sources: readonly Source[]): string | undefined {
  for (const [entity, read] of sources) {
    for (const entry of entities.get(entity) ?? []) {
      const found = read(entry);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

function wholeNumber(value: unknown): string | undefined {
  const isDigits = typeof value === 'string' && /^\d{1,15}$/.test(value);
  return isDigits || Number.isSafeInteger(value) ? String(Number(value)) : undefined;
}

function isSha256(text: string): boolean {
  return /^[0-9a-f]{64}$/i.test(text);
}
