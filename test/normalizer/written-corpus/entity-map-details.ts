import { always, type WrittenCase } from './written-case.js';

/** Plain strings, and every row of the entity map's table as the API's details have it: KEY and PROPS. */
export const entityMapDetails: readonly WrittenCase[] = [
  {
    name: 'plain strings are read from three entities alone',
    rule: 'Reading the entity map (a plain string)',
    alert:
      '{"entityMap": {"API": "s3.amazonaws.com", "CT_User": "alice", "Region": "eu-west-1", "Resource": "bucket", "RulesTriggered": "lacework-global-8", "SourceIpAddress": "203.0.113.5", "IpAddress": "203.0.113.6", "Machine": "web-1", "User": "bob", "RecId": "r", "Cve": "CVE-2024-1"}}',
    event: {
      ...always,
      'user.name': 'alice',
      'related.user': ['alice'],
      'rule.name': 'lacework-global-8',
      'source.ip': '203.0.113.5',
      'source.address': '203.0.113.5',
      'related.ip': ['203.0.113.5'],
    },
  },
  {
    name: 'a plain SourceIpAddress that is no address',
    rule: 'Reading the entity map (SourceIpAddress, if an IP address)',
    alert: '{"entityMap": {"SourceIpAddress": "cloudformation.amazonaws.com"}}',
    event: { ...always },
  },
  {
    name: 'the description`s user and address come before the map`s',
    rule: 'user.name, source.ip (the description`s, otherwise); related.*',
    alert:
      '{"alertInfo": {"description": "User alice logged in from an IP address 203.0.113.10 for the first time", "subject": "User alice logged in from an IP address 203.0.113.10 for the first time"}, "entityMap": {"CT_User": "bob", "SourceIpAddress": "203.0.113.5"}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description':
        'User alice logged in from an IP address 203.0.113.10 for the first time',
      'lacework.cloud_security.alert.info.subject':
        'User alice logged in from an IP address 203.0.113.10 for the first time',
      'lacework.cloud_security.alert.sight': 1,
      'user.name': 'alice',
      'related.user': ['alice', 'bob'],
      'source.ip': '203.0.113.10',
      'source.address': '203.0.113.10',
      'related.ip': ['203.0.113.10', '203.0.113.5'],
    },
  },
  {
    name: 'a description that gives an e-mail address leaves the name to the map',
    rule: 'user.name (the description`s, otherwise entityMap.CT_User)',
    alert:
      '{"alertInfo": {"description": "alice@example.com read a key for the first time", "subject": "alice@example.com read a key for the first time"}, "entityMap": {"CT_User": [{"KEY": {"username": "alice"}}]}}',
    event: {
      ...always,
      'lacework.cloud_security.alert.info.description': 'alice@example.com read a key for the first time',
      'lacework.cloud_security.alert.info.subject': 'alice@example.com read a key for the first time',
      'lacework.cloud_security.alert.sight': 1,
      'user.email': 'alice@example.com',
      'user.name': 'alice',
      'related.user': ['alice'],
    },
  },
  {
    name: 'CT_User: user, account, provider and region, of two entries the first',
    rule: 'Reading the entity map: user.name, user.id, cloud.account.id, cloud.provider, cloud.region; related.user',
    alert:
      '{"entityMap": {"CT_User": [{"KEY": {"account": "123456789012", "username": "alice", "mfa": 0, "principalId": "AIDAEXAMPLE"}, "PROPS": {"region_list": ["eu-west-1", "us-east-1"], "all_timestamps": []}}, {"KEY": {"account": "210987654321", "username": "bob", "principalId": "AIDAOTHER"}, "PROPS": {"region_list": ["ap-south-1"]}}]}}',
    event: {
      ...always,
      'user.name': 'alice',
      'user.id': 'AIDAEXAMPLE',
      'related.user': ['alice', 'bob'],
      'cloud.account.id': '123456789012',
      'cloud.provider': 'aws',
      'cloud.region': 'eu-west-1',
    },
  },
  {
    name: 'CT_User: an account that is not twelve digits has no provider',
    rule: 'Reading the entity map: cloud.provider (aws when cloud.account.id is twelve digits)',
    alert: '{"entityMap": {"CT_User": [{"KEY": {"account": "web-shop"}}]}}',
    event: { ...always, 'cloud.account.id': 'web-shop' },
  },
  {
    name: 'the first entry that has a value gives it',
    rule: 'Reading the entity map (a plain string is read from CT_User; the first entry that has the value gives the single field)',
    alert:
      '{"entityMap": {"CT_User": [{"KEY": {"username": "", "mfa": 1}}, "text", null, {"KEY": {"principalId": "AIDAFIRST"}}, {"KEY": {"username": "carol", "principalId": "AIDASECOND"}}]}}',
    event: { ...always, 'user.name': 'text', 'user.id': 'AIDAFIRST', 'related.user': ['text', 'carol'] },
  },
  {
    name: 'User: when CT_User has no name',
    rule: 'Reading the entity map: user.name (otherwise User username)',
    alert:
      '{"entityMap": {"CT_User": [{"KEY": {"principalId": "AIDAEXAMPLE"}}], "User": [{"KEY": {"username": "www-data", "machine_hostname": "web-1"}}]}}',
    event: { ...always, 'user.name': 'www-data', 'user.id': 'AIDAEXAMPLE', 'related.user': ['www-data'] },
  },
  {
    name: 'User before CT_User in the map: related.user in order of appearance, without repeats',
    rule: 'related.user (in order of appearance, without repeats); user.name (CT_User, otherwise User)',
    alert:
      '{"entityMap": {"User": [{"KEY": {"username": "root"}}, {"KEY": {"username": "alice"}}], "CT_User": [{"KEY": {"username": "alice"}}, {"KEY": {"username": "bob"}}]}}',
    event: { ...always, 'user.name': 'alice', 'related.user': ['root', 'alice', 'bob'] },
  },
  {
    name: 'RecId: account and rule',
    rule: 'Reading the entity map: cloud.account.id, .name (otherwise RecId), rule.name, rule.id (otherwise RecId)',
    alert:
      '{"entityMap": {"RecId": [{"KEY": {"rec_id": "lacework-global-128"}, "PROPS": {"title": "EC2 instances should not have a public address", "account_id": "123456789012", "account_alias": "acme-prod"}}]}}',
    event: {
      ...always,
      'cloud.account.id': '123456789012',
      'cloud.account.name': 'acme-prod',
      'cloud.provider': 'aws',
      'rule.name': 'EC2 instances should not have a public address',
      'rule.id': 'lacework-global-128',
    },
  },
  {
    name: 'RecId: its account comes after CT_User`s',
    rule: 'Reading the entity map: cloud.account.id (CT_User account; otherwise RecId)',
    alert:
      '{"entityMap": {"RecId": [{"PROPS": {"account_id": "210987654321"}}], "CT_User": [{"KEY": {"account": "123456789012"}}]}}',
    event: { ...always, 'cloud.account.id': '123456789012', 'cloud.provider': 'aws' },
  },
  {
    name: 'Region: its first string, before CT_User`s list',
    rule: 'Reading the entity map: cloud.region (Region, its first string; otherwise CT_User)',
    alert:
      '{"entityMap": {"CT_User": [{"PROPS": {"region_list": ["us-east-1"]}}], "Region": [{"KEY": {"count": 3, "region": "eu-central-1"}}]}}',
    event: { ...always, 'cloud.region': 'eu-central-1' },
  },
  {
    name: 'SourceIpAddress: the first string that is an address, and where it is',
    rule: 'Reading the entity map: source.ip, source.geo.*',
    alert:
      '{"entityMap": {"SourceIpAddress": [{"KEY": {"note": "none", "ip_addr": "203.0.113.5"}, "PROPS": {"location": {"country_name": "France", "country_code": "FR", "region_name": "Brittany", "city_name": "Rennes"}}}]}}',
    event: {
      ...always,
      'source.ip': '203.0.113.5',
      'source.address': '203.0.113.5',
      'related.ip': ['203.0.113.5'],
      'source.geo.country_name': 'France',
      'source.geo.country_iso_code': 'FR',
      'source.geo.region_name': 'Brittany',
      'source.geo.city_name': 'Rennes',
    },
  },
  {
    name: 'SourceIpAddress before IpAddress, whatever their order in the map; both related, in order of appearance',
    rule: 'Reading the entity map: source.ip (SourceIpAddress, otherwise IpAddress); related.ip',
    alert:
      '{"entityMap": {"IpAddress": [{"KEY": {"ip_address": "198.51.100.1"}}], "SourceIpAddress": [{"KEY": {"ip_address": "2001:db8::5"}}, {"KEY": {"ip_address": "198.51.100.1"}}]}}',
    event: {
      ...always,
      'source.ip': '2001:db8::5',
      'source.address': '2001:db8::5',
      'related.ip': ['198.51.100.1', '2001:db8::5'],
    },
  },
  {
    name: 'IpAddress: when SourceIpAddress has no address',
    rule: 'Reading the entity map: source.ip (otherwise IpAddress)',
    alert:
      '{"entityMap": {"SourceIpAddress": [{"KEY": {"ip_address": "cloudtrail.amazonaws.com"}}], "IpAddress": [{"KEY": {"ip_address": "198.51.100.1"}}]}}',
    event: {
      ...always,
      'source.ip': '198.51.100.1',
      'source.address': '198.51.100.1',
      'related.ip': ['198.51.100.1'],
    },
  },
  {
    name: 'API: action, provider and the address of last resort',
    rule: 'Reading the entity map: event.action, event.provider, source.ip (otherwise API source_ip_address_list[0])',
    alert:
      '{"entityMap": {"API": [{"KEY": {"service": "iam.amazonaws.com", "api": "CreateUser"}, "PROPS": {"source_ip_address_list": ["198.51.100.9"]}}]}}',
    event: {
      ...always,
      'event.action': 'CreateUser',
      'event.provider': 'iam.amazonaws.com',
      'source.ip': '198.51.100.9',
      'source.address': '198.51.100.9',
      'related.ip': ['198.51.100.9'],
    },
  },
  {
    name: 'API: a first source that is no address',
    rule: 'Reading the entity map: source.ip (API source_ip_address_list[0] when it is one)',
    alert:
      '{"entityMap": {"API": [{"KEY": {"service": "kms.amazonaws.com"}, "PROPS": {"source_ip_address_list": ["AWS Internal"]}}]}}',
    event: { ...always, 'event.provider': 'kms.amazonaws.com' },
  },
  {
    name: 'RulesTriggered: title and id, before RecId and CustomRule',
    rule: 'Reading the entity map: rule.name, rule.id',
    alert:
      '{"entityMap": {"CustomRule": [{"KEY": {"rule_guid": "GUID_1"}}], "RecId": [{"KEY": {"rec_id": "rec-1"}, "PROPS": {"title": "A recommendation"}}], "RulesTriggered": [{"KEY": {"rule_id": "lacework-global-8", "rule_title": "Usage of Root Account"}}]}}',
    event: { ...always, 'rule.name': 'Usage of Root Account', 'rule.id': 'lacework-global-8' },
  },
  {
    name: 'CustomRule: its guid is the id',
    rule: 'Reading the entity map: rule.id (otherwise CustomRule rule_guid as id)',
    alert:
      '{"entityMap": {"CustomRule": [{"KEY": {"rule_guid": "LW_CUSTOM_1"}, "PROPS": {"display_filter": "all", "lastupdated_user": "alice"}}]}}',
    event: { ...always, 'rule.id': 'LW_CUSTOM_1' },
  },
  {
    name: 'Machine: name and address',
    rule: 'Reading the entity map: host.hostname, host.ip; related.ip (all addresses)',
    alert: '{"entityMap": {"Machine": [{"KEY": {"hostname": "web-1", "internal_ip_addr": "10.0.0.7"}}]}}',
    event: { ...always, 'host.hostname': 'web-1', 'host.ip': '10.0.0.7', 'related.ip': ['10.0.0.7'] },
  },
  {
    name: 'Process and Application',
    rule: 'Reading the entity map: process.command_line, process.pid, process.name',
    alert:
      '{"entityMap": {"Process": [{"KEY": {"process_id": 4242}, "PROPS": {"cmdline": "nc -l 4444"}}], "Application": [{"KEY": {"application": "nc"}}]}}',
    event: { ...always, 'process.command_line': 'nc -l 4444', 'process.pid': 4242, 'process.name': 'nc' },
  },
  {
    name: 'FileExePath: path and hash',
    rule: 'Reading the entity map: file.path, file.hash.sha256',
    alert:
      '{"entityMap": {"FileExePath": [{"KEY": {"exe_path": "/tmp/xmrig"}, "PROPS": {"last_filedata_hash": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}}]}}',
    event: {
      ...always,
      'file.path': '/tmp/xmrig',
      'file.hash.sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    },
  },
  {
    name: 'FileExePath: a hash of another length is none',
    rule: 'Reading the entity map: file.hash.sha256 (when it is 64 hexadecimal digits)',
    alert:
      '{"entityMap": {"FileExePath": [{"KEY": {"exe_path": "/tmp/xmrig", "last_filedata_hash": "d41d8cd98f00b204e9800998ecf8427e"}}]}}',
    event: { ...always, 'file.path': '/tmp/xmrig' },
  },
  {
    name: 'DnsName, Container, K8Cluster and Cve',
    rule: 'Reading the entity map: destination.domain, container.image.*, orchestrator.cluster.name, vulnerability.id',
    alert:
      '{"entityMap": {"DnsName": [{"KEY": {"hostname": "evil.example.org"}}], "Container": [{"KEY": {"image_repo": "acme/web"}, "PROPS": {"image_tag": "1.2.3"}}], "K8Cluster": [{"KEY": {"cluster_name": "prod-eu"}}], "Cve": [{"KEY": {"cve_id": "CVE-2021-44228"}}]}}',
    event: {
      ...always,
      'destination.domain': 'evil.example.org',
      'container.image.name': 'acme/web',
      'container.image.tag': '1.2.3',
      'orchestrator.cluster.name': 'prod-eu',
      'vulnerability.id': 'CVE-2021-44228',
    },
  },
  {
    name: 'keys in any case, with any separator, in the other half of the entry',
    rule: 'Reading the entity map (keys match whatever their case and separators, in KEY, in PROPS)',
    alert:
      '{"entityMap": {"CT_User": [{"KEY": {"Principal-Id": "AIDAEXAMPLE"}, "PROPS": {"User_Name": "alice", "ACCOUNT": "123456789012"}}], "RecId": [{"KEY": {"Title": "A title"}, "PROPS": {"recId": "rec-1"}}], "FileExePath": [{"PROPS": {"exePath": "/bin/sh"}}]}}',
    event: {
      ...always,
      'user.name': 'alice',
      'user.id': 'AIDAEXAMPLE',
      'related.user': ['alice'],
      'cloud.account.id': '123456789012',
      'cloud.provider': 'aws',
      'rule.name': 'A title',
      'rule.id': 'rec-1',
      'file.path': '/bin/sh',
    },
  },
  {
    name: 'values of the wrong type leave their fields out, the rest is read',
    rule: 'Odd input (wrongly typed); Reading the entity map',
    alert:
      '{"entityMap": {"CT_User": [{"KEY": {"username": {"a": 1}, "principalId": ["x"], "account": "123456789012"}}], "Machine": [{"KEY": {"hostname": "web-1", "internal_ip_addr": "not an address"}}], "Region": [], "SourceIpAddress": [{"PROPS": {"location": "France"}}], "Cve": [7], "API": [{"KEY": {"api": "GetObject"}, "PROPS": {"source_ip_address_list": "198.51.100.9"}}]}}',
    event: {
      ...always,
      'cloud.account.id': '123456789012',
      'cloud.provider': 'aws',
      'host.hostname': 'web-1',
      'event.action': 'GetObject',
    },
  },
];
