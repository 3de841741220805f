import { always, type WrittenCase } from './written-case.js';

/** Alerts that look like none, and fields that are not what they should be. */
export const oddInput: readonly WrittenCase[] = [
  {
    name: 'an empty object is an alert without anything',
    rule: 'Odd input (a missing field leaves out the fields that depend on it)',
    alert: '{}',
    event: { ...always },
  },
  {
    name: 'an element that is a number',
    rule: 'Odd input (no object: message alone)',
    alert: '42',
    collectedAt: '2026-01-31T10:30:00Z',
    event: {},
  },
  { name: 'an element that is a string', rule: 'Odd input (no object: message alone)', alert: '"an alert"', event: {} },
  { name: 'an element that is null', rule: 'Odd input (no object: message alone)', alert: 'null', event: {} },
  {
    name: 'an element that is an array',
    rule: 'Odd input (no object: message alone)',
    alert: '[{"alertId": 205}]',
    event: {},
  },
  {
    name: 'a text that is no JSON',
    rule: 'Odd input (nothing is lost; message is always there)',
    alert: '{"alertId": 205,',
    collectedAt: '2026-01-31T10:30:00Z',
    event: {},
  },
  { name: 'an empty text', rule: 'Odd input (nothing is lost; message is always there)', alert: '', event: {} },
  {
    name: 'every field wrongly typed',
    rule: 'Odd input (wrongly typed)',
    alert:
      '{"alertId": true, "startTime": {}, "endTime": [], "alertType": 7, "alertName": false, "severity": ["High"], "status": {"a": 1}, "derivedFields": "File", "alertInfo": "text", "entityMap": "none"}',
    event: { ...always },
  },
  {
    name: 'every field null',
    rule: 'The event (absent, never null)',
    alert:
      '{"alertId": null, "startTime": null, "endTime": null, "alertType": null, "alertName": null, "severity": null, "status": null, "derivedFields": null, "alertInfo": null, "entityMap": null}',
    event: { ...always },
  },
  {
    name: 'every string empty',
    rule: 'The event (absent, never "")',
    alert:
      '{"startTime": "", "endTime": "", "alertType": "", "alertName": "", "severity": "", "status": "", "alertInfo": {"subject": "", "description": ""}, "entityMap": {"CT_User": "", "RulesTriggered": "", "SourceIpAddress": ""}}',
    event: { ...always },
  },
  {
    name: 'arrays in the place of objects',
    rule: 'event.category (derivedFields no object: absent); Odd input',
    alert: '{"alertId": 1, "derivedFields": ["File"], "alertInfo": [], "entityMap": []}',
    event: { ...always, 'lacework.cloud_security.alert.id': 1 },
  },
  {
    name: 'derived fields without anything in them',
    rule: 'event.category (otherwise configuration), event.type (any other: info)',
    alert: '{"derivedFields": {}}',
    event: { ...always, 'event.category': ['configuration'], 'event.type': ['info'] },
  },
  {
    name: 'derived fields that are wrongly typed inside',
    rule: 'event.category (otherwise configuration); Odd input',
    alert: '{"derivedFields": {"category": ["Composite"], "sub_category": 3}}',
    event: { ...always, 'event.category': ['configuration'], 'event.type': ['info'] },
  },
  {
    name: 'a description that is a number leaves the subject',
    rule: 'Odd input (wrongly typed)',
    alert: '{"alertInfo": {"description": 12, "subject": "12 times by user alice"}}',
    event: { ...always, 'lacework.cloud_security.alert.info.subject': '12 times by user alice' },
  },
  {
    name: 'a subject that is a number leaves the description unread',
    rule: 'Odd input (wrongly typed); Reading the description',
    alert: '{"alertInfo": {"description": "12 times by user alice", "subject": 12}}',
    event: { ...always, 'lacework.cloud_security.alert.info.description': '12 times by user alice' },
  },
  {
    name: 'a severity and a status that nobody knows are kept',
    rule: 'severity, status; alert-types.md (new ones appear; none may break anything)',
    alert: '{"severity": "Extreme", "status": "Snoozed"}',
    event: {
      ...always,
      'lacework.cloud_security.alert.severity': 'Extreme',
      'lacework.cloud_security.alert.status': 'Snoozed',
    },
  },
  {
    name: 'prototype names are data and lend nothing',
    rule: 'Issue 6, exact source text (prototype names are data like any other)',
    alert:
      '{"__proto__": {"severity": "High", "alertId": 5, "startTime": "2024-02-13T17:00:00Z"}, "constructor": {"prototype": {"status": "Open"}}, "derivedFields": {"__proto__": {"category": "Composite", "sub_category": "File"}}, "alertInfo": {"__proto__": {"subject": "s", "description": "s"}}, "entityMap": {"__proto__": {"CT_User": "mallory"}, "constructor": [{"KEY": {"username": "mallory"}}], "CT_User": [{"__proto__": {"username": "mallory"}, "KEY": {"__proto__": {"username": "mallory"}}}]}}',
    event: { ...always, 'event.category': ['configuration'], 'event.type': ['info'] },
  },
  {
    name: 'names of an object`s own methods as values',
    rule: 'Issue 6 (prototype names are data like any other)',
    alert:
      '{"alertType": "constructor", "alertName": "__proto__", "severity": "toString", "status": "hasOwnProperty", "derivedFields": {"category": "constructor", "sub_category": "__proto__"}}',
    event: {
      ...always,
      'event.code': 'constructor',
      'event.reason': '__proto__',
      'event.category': ['configuration'],
      'event.type': ['info'],
      'lacework.cloud_security.alert.severity': 'toString',
      'lacework.cloud_security.alert.status': 'hasOwnProperty',
    },
  },
  {
    name: 'escapes, key order and spacing',
    rule: 'The event (byte for byte: spacing, key order, number notation and escapes)',
    alert: String.raw`  { "status" :"Op\u0065n" ,"severity":  "\u0048igh","alertName":"caf\u00e9 \ud83d\ude00 \/ \"q\" \\", "alertId" : 2.05e2 }  `,
    event: {
      ...always,
      'event.reason': 'café 😀 / "q" \\',
      'lacework.cloud_security.alert.id': 205,
      'lacework.cloud_security.alert.severity': 'High',
      'lacework.cloud_security.alert.status': 'Open',
    },
  },
  {
    name: 'of a key that stands twice, the last counts, as JSON readers do',
    rule: 'Issue 6, exact source text (duplicate keys)',
    alert:
      '{"alertId": 9007199254740993, "severity": "Low", "alertId": 9007199254740995, "severity": "High", "derivedFields": {"sub_category": "File"}, "derivedFields": {"sub_category": "Registry"}}',
    event: {
      ...always,
      'event.category': ['registry'],
      'event.type': ['access'],
      'lacework.cloud_security.alert.id': 9007199254740995n,
      'lacework.cloud_security.alert.severity': 'High',
    },
  },
];
