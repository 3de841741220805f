/** How a field is typed where the events are stored. */
export type FieldType = 'keyword' | 'long' | 'ip' | 'date' | 'boolean';

/** What the documentation says of one field of an event. */
export interface FieldRow {
  readonly name: string;
  readonly type: FieldType;
  /** Whether the field holds a list of such values. */
  readonly list?: true;
  readonly description: string;
  readonly example: string | number | boolean;
  /** When the field is there. */
  readonly present: string;
  /**
   * Where in an alert it is read from; nowhere when it is always the same. An entity's name stands alone for plain text, a name in
   * its KEY or PROPS stands without these, and `*` is any text in it.
   */
  readonly from: readonly string[];
  /** Whether the documentation's list of extracted fields has it. */
  readonly documented: boolean;
}

const ALWAYS = 'always, unless the alert is no JSON object';
const DESCRIBED = 'when the description is read and';
const MAPPED = 'when the entity map has';

const ACCOUNT_IDS = [
  'entityMap.CT_User.account',
  'entityMap.CT_User.account_id',
  'entityMap.RecId.account_id',
] as const;
const USERS = [
  'alertInfo.description',
  'entityMap.CT_User',
  'entityMap.CT_User.username',
  'entityMap.User.username',
] as const;
const ADDRESSES = [
  'alertInfo.description',
  'entityMap.SourceIpAddress',
  'entityMap.SourceIpAddress.*',
  'entityMap.IpAddress.*',
  'entityMap.API.source_ip_address_list',
] as const;

/** The one field that is in every event. */
export const MESSAGE: FieldRow = {
  name: 'message',
  type: 'keyword',
  description:
    'The alert as Lacework sent it, byte for byte: spacing, order, numbers and escapes included. Cut only where message_truncated says so.',
  example: '{"alertId": 205, "alertName": "Usage of Root Account", …}',
  present: 'always',
  from: [],
  documented: false,
};

/**
 * Every field that an event can have beside `message`, in the order in which events are written: the normalizer can set no other,
 * and docs/fields.md and the intake format's fields are generated from here.
 */
export const FIELDS = [
  {
    name: 'event.action',
    type: 'keyword',
    description: 'The call that was made.',
    example: 'ConsoleLogin',
    present: `${MAPPED} API with api`,
    from: ['entityMap.API.api'],
    documented: false,
  },
  {
    name: 'event.category',
    type: 'keyword',
    list: true,
    description: 'One of intrusion_detection, file, registry, network and configuration.',
    example: 'configuration',
    present: 'when derivedFields is an object',
    from: ['derivedFields', 'derivedFields.category', 'derivedFields.sub_category'],
    documented: true,
  },
  {
    name: 'event.code',
    type: 'keyword',
    description: 'The type of the alert.',
    example: 'UsageOfRootAccount',
    present: 'when the alert has alertType',
    from: ['alertType'],
    documented: true,
  },
  {
    name: 'event.end',
    type: 'date',
    description: 'When what the alert is about ended.',
    example: '2024-02-13T18:00:00Z',
    present: 'when endTime can be read',
    from: ['endTime'],
    documented: true,
  },
  {
    name: 'event.kind',
    type: 'keyword',
    description: 'Always alert.',
    example: 'alert',
    present: ALWAYS,
    from: [],
    documented: true,
  },
  {
    name: 'event.provider',
    type: 'keyword',
    description: 'The service that was called.',
    example: 'signin.amazonaws.com',
    present: `${MAPPED} API with service`,
    from: ['entityMap.API.service'],
    documented: false,
  },
  {
    name: 'event.reason',
    type: 'keyword',
    description: 'The name of the alert.',
    example: 'Usage of Root Account',
    present: 'when the alert has alertName',
    from: ['alertName'],
    documented: true,
  },
  {
    name: 'event.start',
    type: 'date',
    description: 'When what the alert is about began.',
    example: '2024-02-13T17:00:00Z',
    present: 'when startTime can be read',
    from: ['startTime'],
    documented: true,
  },
  {
    name: 'event.type',
    type: 'keyword',
    list: true,
    description: 'One of creation, change and access for a registry, otherwise info.',
    example: 'info',
    present: 'when derivedFields is an object',
    from: ['derivedFields', 'derivedFields.sub_category', 'alertType'],
    documented: true,
  },
  {
    name: '@timestamp',
    type: 'date',
    description: 'The time of the event: the start time of the alert, or when it was collected if that cannot be read.',
    example: '2024-02-13T17:00:00Z',
    present: 'when startTime can be read, or the time of collection is known',
    from: ['startTime'],
    documented: true,
  },
  {
    name: 'cloud.account.id',
    type: 'keyword',
    description: 'The account in the cloud.',
    example: '012345678901',
    present: `${MAPPED} CT_User with account or account_id, or RecId with account_id`,
    from: ACCOUNT_IDS,
    documented: false,
  },
  {
    name: 'cloud.account.name',
    type: 'keyword',
    description: 'The alias of the account in the cloud.',
    example: 'production',
    present: `${MAPPED} RecId with account_alias, and no account in CT_User`,
    from: ['entityMap.RecId.account_alias'],
    documented: false,
  },
  {
    name: 'cloud.provider',
    type: 'keyword',
    description: 'Always aws.',
    example: 'aws',
    present: 'when cloud.account.id is twelve digits',
    from: ACCOUNT_IDS,
    documented: false,
  },
  {
    name: 'cloud.region',
    type: 'keyword',
    description: 'The region in the cloud.',
    example: 'us-east-1',
    present: `${MAPPED} Region with region or another text in it, or CT_User with region_list`,
    from: ['entityMap.Region.*', 'entityMap.CT_User.region_list'],
    documented: false,
  },
  {
    name: 'container.image.name',
    type: 'keyword',
    description: 'The repository of the image.',
    example: 'docker.io/library/nginx',
    present: `${MAPPED} Container or ImageId with image_repo`,
    from: ['entityMap.Container.image_repo', 'entityMap.ImageId.image_repo'],
    documented: false,
  },
  {
    name: 'container.image.tag',
    type: 'keyword',
    description: 'The tag of the image.',
    example: '1.27',
    present: `${MAPPED} Container or ImageId with image_tag`,
    from: ['entityMap.Container.image_tag', 'entityMap.ImageId.image_tag'],
    documented: false,
  },
  {
    name: 'destination.domain',
    type: 'keyword',
    description: 'The host name that was looked up.',
    example: 'pool.minexmr.com',
    present: `${MAPPED} DnsName with hostname`,
    from: ['entityMap.DnsName.hostname'],
    documented: false,
  },
  {
    name: 'file.hash.sha256',
    type: 'keyword',
    description: 'The SHA-256 of the file.',
    example: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    present: `${MAPPED} FileExePath with last_filedata_hash of 64 hexadecimal digits`,
    from: ['entityMap.FileExePath.last_filedata_hash'],
    documented: false,
  },
  {
    name: 'file.path',
    type: 'keyword',
    description: 'The path of the file.',
    example: '/usr/bin/curl',
    present: `${MAPPED} FileExePath with exe_path`,
    from: ['entityMap.FileExePath.exe_path'],
    documented: false,
  },
  {
    name: 'host.hostname',
    type: 'keyword',
    description: 'The name of the machine.',
    example: 'ip-172-18-0-240',
    present: `${MAPPED} Machine with hostname`,
    from: ['entityMap.Machine.hostname'],
    documented: false,
  },
  {
    name: 'host.ip',
    type: 'ip',
    description: 'The internal address of the machine.',
    example: '172.18.0.240',
    present: `${MAPPED} Machine with internal_ip_addr that is an IP address`,
    from: ['entityMap.Machine.internal_ip_addr'],
    documented: false,
  },
  {
    name: 'lacework.cloud_security.account.name',
    type: 'keyword',
    description: 'The account that the alert is about.',
    example: '0123456789',
    present: `${DESCRIBED} its head or the principal in it names an account`,
    from: ['alertInfo.description'],
    documented: true,
  },
  {
    name: 'lacework.cloud_security.alert.id',
    type: 'long',
    description: 'The identifier of the alert.',
    example: 205,
    present: 'when alertId is an integer',
    from: ['alertId'],
    documented: true,
  },
  {
    name: 'lacework.cloud_security.alert.info.description',
    type: 'keyword',
    description: 'The description of the alert.',
    example: ' For account: 0123456789  : Root account was successfully used 96 times  by user  0123456789    ',
    present: 'when the alert has alertInfo.description',
    from: ['alertInfo.description'],
    documented: true,
  },
  {
    name: 'lacework.cloud_security.alert.info.subject',
    type: 'keyword',
    description: 'The subject of the alert.',
    example:
      'Usage of Root Account:  For account: 0123456789  : Root account was successfully used 96 times  by user  0123456789    ',
    present: 'when the alert has alertInfo.subject',
    from: ['alertInfo.subject'],
    documented: true,
  },
  {
    name: 'lacework.cloud_security.alert.message_truncated',
    type: 'boolean',
    description:
      'true: the event was larger than the intake takes, and message was cut; the whole is in the dead letters.',
    example: true,
    present: 'when message was cut',
    from: [],
    documented: false,
  },
  {
    name: 'lacework.cloud_security.alert.severity',
    type: 'keyword',
    description: 'Critical, High, Medium, Low or Info.',
    example: 'Info',
    present: 'when the alert has severity',
    from: ['severity'],
    documented: true,
  },
  {
    name: 'lacework.cloud_security.alert.sight',
    type: 'long',
    description: 'How many times it was seen; 1 when the description gives no number.',
    example: 96,
    present: 'when the description is read: it is not empty and occurs in the subject',
    from: ['alertInfo.description'],
    documented: true,
  },
  {
    name: 'lacework.cloud_security.alert.status',
    type: 'keyword',
    description: 'Open, In progress or Closed.',
    example: 'Open',
    present: 'when the alert has status',
    from: ['status'],
    documented: true,
  },
  {
    name: 'lacework.cloud_security.company.name',
    type: 'keyword',
    description: 'The company that the account belongs to.',
    example: 'Example Corp',
    present: `${DESCRIBED} its head names a company`,
    from: ['alertInfo.description'],
    documented: false,
  },
  {
    name: 'observer.product',
    type: 'keyword',
    description: 'Always Lacework Cloud Security.',
    example: 'Lacework Cloud Security',
    present: ALWAYS,
    from: [],
    documented: true,
  },
  {
    name: 'observer.vendor',
    type: 'keyword',
    description: 'Always Lacework.',
    example: 'Lacework',
    present: ALWAYS,
    from: [],
    documented: true,
  },
  {
    name: 'orchestrator.cluster.name',
    type: 'keyword',
    description: 'The name of the Kubernetes cluster.',
    example: 'production-eu',
    present: `${MAPPED} K8Cluster with cluster_name`,
    from: ['entityMap.K8Cluster.cluster_name'],
    documented: false,
  },
  {
    name: 'process.command_line',
    type: 'keyword',
    description: 'The command line of the process.',
    example: 'curl -s http://198.51.100.7/x.sh',
    present: `${MAPPED} Process with cmdline`,
    from: ['entityMap.Process.cmdline'],
    documented: false,
  },
  {
    name: 'process.name',
    type: 'keyword',
    description: 'The name of the application.',
    example: 'curl',
    present: `${MAPPED} Application with application`,
    from: ['entityMap.Application.application'],
    documented: false,
  },
  {
    name: 'process.pid',
    type: 'long',
    description: 'The number of the process.',
    example: 4242,
    present: `${MAPPED} Process with process_id that is a whole number, also as text`,
    from: ['entityMap.Process.process_id'],
    documented: false,
  },
  {
    name: 'related.ip',
    type: 'ip',
    list: true,
    description: 'Every IP address found, in order of appearance, without repeats.',
    example: '203.0.113.7',
    present: 'when an IP address was found',
    from: [...ADDRESSES, 'entityMap.Machine.internal_ip_addr'],
    documented: false,
  },
  {
    name: 'related.user',
    type: 'keyword',
    list: true,
    description: 'Every user name found, in order of appearance, without repeats.',
    example: '0123456789',
    present: 'when a user name was found',
    from: USERS,
    documented: false,
  },
  {
    name: 'rule.id',
    type: 'keyword',
    description: 'The identifier of the rule.',
    example: 'lacework-global-29',
    present: `${MAPPED} RulesTriggered with rule_id, RecId with rec_id, or CustomRule with rule_guid`,
    from: ['entityMap.RulesTriggered.rule_id', 'entityMap.RecId.rec_id', 'entityMap.CustomRule.rule_guid'],
    documented: false,
  },
  {
    name: 'rule.name',
    type: 'keyword',
    description: 'The name of the rule.',
    example: 'Unauthorized API Call',
    present: `${MAPPED} RulesTriggered with rule_title or rules_title, or as plain text, or RecId with title`,
    from: [
      'entityMap.RulesTriggered',
      'entityMap.RulesTriggered.rule_title',
      'entityMap.RulesTriggered.rules_title',
      'entityMap.RecId.title',
    ],
    documented: true,
  },
  {
    name: 'service.name',
    type: 'keyword',
    description: 'The service that was used for the first time.',
    example: 'codestar.amazonaws.com',
    present: `${DESCRIBED} it names a new service`,
    from: ['alertInfo.description'],
    documented: false,
  },
  {
    name: 'source.address',
    type: 'keyword',
    description: 'The same as source.ip.',
    example: '203.0.113.7',
    present: 'with source.ip',
    from: ADDRESSES,
    documented: false,
  },
  {
    name: 'source.geo.city_name',
    type: 'keyword',
    description: 'The city of the address.',
    example: 'Montreal',
    present: `${MAPPED} SourceIpAddress with location.city_name`,
    from: ['entityMap.SourceIpAddress.location.city_name'],
    documented: false,
  },
  {
    name: 'source.geo.country_iso_code',
    type: 'keyword',
    description: 'The code of the country of the address.',
    example: 'CA',
    present: `${MAPPED} SourceIpAddress with location.country_code`,
    from: ['entityMap.SourceIpAddress.location.country_code'],
    documented: false,
  },
  {
    name: 'source.geo.country_name',
    type: 'keyword',
    description: 'The country of the address.',
    example: 'Canada',
    present: `${MAPPED} SourceIpAddress with location.country_name or country`,
    from: ['entityMap.SourceIpAddress.location.country_name', 'entityMap.SourceIpAddress.country'],
    documented: false,
  },
  {
    name: 'source.geo.region_name',
    type: 'keyword',
    description: 'The region of the address.',
    example: 'Quebec',
    present: `${MAPPED} SourceIpAddress with location.region_name or region`,
    from: ['entityMap.SourceIpAddress.location.region_name', 'entityMap.SourceIpAddress.region'],
    documented: false,
  },
  {
    name: 'source.ip',
    type: 'ip',
    description: 'The address that it came from.',
    example: '203.0.113.7',
    present: `${DESCRIBED} it names an IP address, or ${MAPPED} one: SourceIpAddress as plain text, SourceIpAddress or IpAddress with ip_address or another text in it, or API with source_ip_address_list that begins with one`,
    from: ADDRESSES,
    documented: true,
  },
  {
    name: 'user.email',
    type: 'keyword',
    description: 'The e-mail address of the user.',
    example: 'jane.doe@example.com',
    present: `${DESCRIBED} it names a user by e-mail address, or with the profile 2025-08 a session by e-mail address`,
    from: ['alertInfo.description'],
    documented: false,
  },
  {
    name: 'user.id',
    type: 'keyword',
    description: 'The identifier of the user.',
    example: '3e0ac0bf-fa18-4e70-8aa4-44debb525a10',
    present: `${DESCRIBED} it names a user by UUID, or with the profile 2025-08 a session by UUID, or ${MAPPED} CT_User with principalId`,
    from: ['alertInfo.description', 'entityMap.CT_User.principalId'],
    documented: false,
  },
  {
    name: 'user.name',
    type: 'keyword',
    description: 'The name of the user.',
    example: '0123456789',
    present: `${DESCRIBED} it names a user by a name, or ${MAPPED} CT_User with username or as plain text, or User with username`,
    from: USERS,
    documented: true,
  },
  {
    name: 'vulnerability.id',
    type: 'keyword',
    description: 'The identifier of the vulnerability.',
    example: 'CVE-2024-3094',
    present: `${MAPPED} Cve with cve_id`,
    from: ['entityMap.Cve.cve_id'],
    documented: false,
  },
] as const satisfies readonly FieldRow[];

type Row = (typeof FIELDS)[number];

/** The dotted name of a field that an event can have. */
export type FieldName = Row['name'];

/** A list without a member is no value. */
export type NonEmptyList = readonly [string, ...string[]];

type ValueOf<R extends Row> = R extends { list: true }
  ? NonEmptyList
  : R extends { type: 'boolean' }
    ? boolean
    : string;

/**
 * The fields of one event by dotted name; what has no value is not there. A `long` is kept as its decimal digits, which are exact
 * beyond 2^53 too.
 */
export type EventFields = { [R in Row as R['name']]?: ValueOf<R> | undefined };

/** An event without any: to begin with, so that its fields stand in the table's order, and every event has the same shape. */
export const NO_FIELDS = Object.fromEntries(FIELDS.map(({ name }) => [name, undefined])) as EventFields;
