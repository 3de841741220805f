import { always, type WrittenCase } from './written-case.js';

/** Every row of the entity map's table as pushed events have it: flat and in capitals. */
export const entityMapFlat: readonly WrittenCase[] = [
  {
    name: 'flat CT_User',
    rule: 'Reading the entity map: user.name, user.id, cloud.account.id, cloud.region; alert-types.md, last section',
    alert:
      '{"entityMap": {"CT_User": [{"ACCOUNT_ID": "123456789012", "USERNAME": "alice", "PRINCIPAL_ID": "AIDAEXAMPLE", "MFA": 0, "REGION_LIST": ["eu-west-1"], "API_LIST": ["GetObject"]}]}}',
    event: {
      ...always,
      'user.name': 'alice',
      'user.id': 'AIDAEXAMPLE',
      'related.user': ['alice'],
      'cloud.account.id': '123456789012',
      'cloud.provider': 'aws',
      'cloud.region': 'eu-west-1',
    },
  },
  {
    name: 'flat User',
    rule: 'Reading the entity map: user.name (otherwise User username)',
    alert: '{"entityMap": {"User": [{"USERNAME": "www-data", "MACHINE_HOSTNAME": "web-1"}]}}',
    event: { ...always, 'user.name': 'www-data', 'related.user': ['www-data'] },
  },
  {
    name: 'flat RecId',
    rule: 'Reading the entity map: cloud.account.id, .name, rule.name, rule.id (RecId)',
    alert:
      '{"entityMap": {"RecId": [{"REC_ID": "lacework-global-128", "TITLE": "EC2 instances should not have a public address", "ACCOUNT_ID": "123456789012", "ACCOUNT_ALIAS": "acme-prod"}]}}',
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
    name: 'flat Region',
    rule: 'Reading the entity map: cloud.region (Region, its first string)',
    alert: '{"entityMap": {"Region": [{"REGION": "eu-central-1", "ACCOUNT_LIST": ["123456789012"]}]}}',
    event: { ...always, 'cloud.region': 'eu-central-1' },
  },
  {
    name: 'flat SourceIpAddress, as one object',
    rule: 'Reading the entity map: source.ip (SourceIpAddress); alert-types.md, last section',
    alert:
      '{"entityMap": {"SourceIpAddress": {"IP_ADDRESS": "203.0.113.5", "PORT_LIST": [443], "TOTAL_IN_BYTES": 10, "TOTAL_OUT_BYTES": 20}}}',
    event: {
      ...always,
      'source.ip': '203.0.113.5',
      'source.address': '203.0.113.5',
      'related.ip': ['203.0.113.5'],
    },
  },
  {
    name: 'flat SourceIpAddress with a place',
    rule: 'Reading the entity map: source.geo.* (the flat form has COUNTRY and REGION)',
    alert:
      '{"entityMap": {"SourceIpAddress": [{"IP_ADDRESS": "203.0.113.5", "COUNTRY": "France", "REGION": "Brittany"}]}}',
    event: {
      ...always,
      'source.ip': '203.0.113.5',
      'source.address': '203.0.113.5',
      'related.ip': ['203.0.113.5'],
      'source.geo.country_name': 'France',
      'source.geo.region_name': 'Brittany',
    },
  },
  {
    name: 'flat SourceIpAddress with a location of its own',
    rule: 'Reading the entity map: source.geo.* (location, in any case)',
    alert:
      '{"entityMap": {"SourceIpAddress": [{"IP_ADDRESS": "203.0.113.5", "LOCATION": {"COUNTRY_NAME": "France", "COUNTRY_CODE": "FR", "REGION_NAME": "Brittany", "CITY_NAME": "Rennes"}}]}}',
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
    name: 'flat IpAddress',
    rule: 'Reading the entity map: source.ip (otherwise IpAddress)',
    alert:
      '{"entityMap": {"IpAddress": [{"IP_ADDRESS": "198.51.100.66", "THREAT_TAGS": "malware", "THREAT_SOURCE": "feed"}]}}',
    event: {
      ...always,
      'source.ip': '198.51.100.66',
      'source.address': '198.51.100.66',
      'related.ip': ['198.51.100.66'],
    },
  },
  {
    name: 'flat API',
    rule: 'Reading the entity map: event.action, event.provider, source.ip (otherwise API)',
    alert:
      '{"entityMap": {"API": [{"SERVICE": "iam.amazonaws.com", "API": "CreateUser", "SOURCE_IP_ADDRESS_LIST": ["198.51.100.9"]}]}}',
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
    name: 'flat RulesTriggered',
    rule: 'Reading the entity map: rule.name (or rules_title), rule.id',
    alert:
      '{"entityMap": {"RulesTriggered": [{"RULE_ID": "lacework-global-8", "RULES_TITLE": "Usage of Root Account", "RULE_DESCRIPTION": "Root was used", "RULE_SEVERITY": "Info"}]}}',
    event: { ...always, 'rule.name': 'Usage of Root Account', 'rule.id': 'lacework-global-8' },
  },
  {
    name: 'flat RulesTriggered without an id, beside a RecId',
    rule: 'Reading the entity map (the first entry that has the value gives the single field)',
    alert:
      '{"entityMap": {"RulesTriggered": [{"RULES_TITLE": "Usage of Root Account"}], "RecId": [{"REC_ID": "rec-1", "TITLE": "A recommendation"}]}}',
    event: { ...always, 'rule.name': 'Usage of Root Account', 'rule.id': 'rec-1' },
  },
  {
    name: 'flat CustomRule',
    rule: 'Reading the entity map: rule.id (otherwise CustomRule rule_guid as id)',
    alert: '{"entityMap": {"CustomRule": [{"RULE_GUID": "LW_CUSTOM_1"}]}}',
    event: { ...always, 'rule.id': 'LW_CUSTOM_1' },
  },
  {
    name: 'flat Machine',
    rule: 'Reading the entity map: host.hostname, host.ip; related.ip',
    alert: '{"entityMap": {"Machine": [{"HOSTNAME": "web-1", "INTERNAL_IP_ADDR": "10.0.0.7", "INSTANCE_ID": "i-1"}]}}',
    event: { ...always, 'host.hostname': 'web-1', 'host.ip': '10.0.0.7', 'related.ip': ['10.0.0.7'] },
  },
  {
    name: 'flat Process, whose host name is not the host`s row',
    rule: 'Reading the entity map: process.command_line, process.pid; host.hostname is Machine`s',
    alert:
      '{"entityMap": {"Process": [{"HOSTNAME": "web-1", "CMDLINE": "nc -l 4444", "PROCESS_ID": 4242, "PROCESS_START_TIME": "2025-03-01T00:00:00Z"}]}}',
    event: { ...always, 'process.command_line': 'nc -l 4444', 'process.pid': 4242 },
  },
  {
    name: 'flat Application',
    rule: 'Reading the entity map: process.name',
    alert: '{"entityMap": {"Application": [{"APPLICATION": "nc"}]}}',
    event: { ...always, 'process.name': 'nc' },
  },
  {
    name: 'flat FileExePath',
    rule: 'Reading the entity map: file.path, file.hash.sha256',
    alert:
      '{"entityMap": {"FileExePath": [{"EXE_PATH": "/tmp/xmrig", "LAST_FILEDATA_HASH": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"}]}}',
    event: {
      ...always,
      'file.path': '/tmp/xmrig',
      'file.hash.sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    },
  },
  {
    name: 'flat DnsName',
    rule: 'Reading the entity map: destination.domain',
    alert: '{"entityMap": {"DnsName": [{"HOSTNAME": "evil.example.org", "PORT_LIST": [443]}]}}',
    event: { ...always, 'destination.domain': 'evil.example.org' },
  },
  {
    name: 'flat Container, whose cluster is not the cluster`s row',
    rule: 'Reading the entity map: container.image.*; orchestrator.cluster.name is K8Cluster`s',
    alert:
      '{"entityMap": {"Container": [{"IMAGE_REPO": "acme/web", "IMAGE_TAG": "1.2.3", "CLUSTER_NAME": "prod-eu"}]}}',
    event: { ...always, 'container.image.name': 'acme/web', 'container.image.tag': '1.2.3' },
  },
  {
    name: 'flat K8Cluster',
    rule: 'Reading the entity map: orchestrator.cluster.name',
    alert: '{"entityMap": {"K8Cluster": [{"CLUSTER_NAME": "prod-eu"}]}}',
    event: { ...always, 'orchestrator.cluster.name': 'prod-eu' },
  },
  {
    name: 'flat Cve',
    rule: 'Reading the entity map: vulnerability.id',
    alert: '{"entityMap": {"Cve": [{"CVE_ID": "CVE-2021-44228", "FEATURE_NAME": "log4j", "SEVERITY": "Critical"}]}}',
    event: { ...always, 'vulnerability.id': 'CVE-2021-44228' },
  },
  {
    name: 'flat ImageId names an image as Container does; NewViolation and Resource are in no row',
    rule: 'Reading the entity map (the table), widened by issue 6, point 2, for ImageId (alert-types.md, last section)',
    alert:
      '{"entityMap": {"ImageId": [{"IMAGE_ID": "sha256:1", "IMAGE_REPO": "acme/web", "IMAGE_TAG": "1.2.3"}], "NewViolation": [{"REC_ID": "rec-1", "REASON": "r", "RESOURCE": "arn"}], "Resource": [{"NAME": "n", "VALUE": "v"}]}}',
    event: { ...always, 'container.image.name': 'acme/web', 'container.image.tag': '1.2.3' },
  },
];
