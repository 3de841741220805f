import { type EventFields, FIELDS, type FieldName, type FieldRow } from './fields.js';

/** One level of an event's object: its members in the order in which they are written. */
interface Branch {
  readonly opening: string;
  readonly key: string;
  readonly members: (Branch | Leaf)[];
}

interface Leaf {
  readonly opening: string;
  readonly key: string;
  readonly name: FieldName;
  readonly row: FieldRow;
}

/** An event as an object; a `long` beyond 2^53 is a bigint. */
export interface EcsEvent {
  /** The alert's exact source text. */
  readonly message: string;
  readonly [key: string]: unknown;
}

const ROOT: Branch = growTree();

/** The event's JSON text: `message`, then the fields in the table's order. */
export function writeEvent(message: string, fields: EventFields): string {
  const members = writeMembers(ROOT, fields);
  return `{"message":${JSON.stringify(message)}${members === '' ? '' : ','}${members}}`;
}

/** The same event as an object. */
export function eventObject(message: string, fields: EventFields): EcsEvent {
  return { message, ...objectOf(ROOT, fields) };
}

function writeMembers(branch: Branch, fields: EventFields): string {
  let written = '';
  for (const member of branch.members) {
    const value = 'row' in member ? writeValue(member.row, fields[member.name]) : writeObject(member, fields);
    if (value !== '') written += (written === '' ? '' : ',') + member.opening + value;
  }
  return written;
}

function writeObject(branch: Branch, fields: EventFields): string {
  const members = writeMembers(branch, fields);
  return members === '' ? '' : `{${members}}`;
}

function writeValue(row: FieldRow, value: EventFields[FieldName]): string {
  if (value === undefined) return '';
  return row.type === 'long' ? String(value) : JSON.stringify(value);
}

function objectOf(branch: Branch, fields: EventFields): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const member of branch.members) {
    const value = 'row' in member ? plainValue(member.row, fields[member.name]) : objectOf(member, fields);
    if (value !== undefined && ('row' in member || Object.keys(value as object).length > 0)) object[member.key] = value;
  }
  return object;
}

function plainValue(row: FieldRow, value: EventFields[FieldName]): unknown {
  if (row.type !== 'long' || value === undefined) return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : BigInt(value as string);
}

function growTree(): Branch {
  const root: Branch = { opening: '', key: '', members: [] };
  for (const row of FIELDS) {
    const path = row.name.split('.');
    const key = path.pop() as string;
    path.reduce(branchNamed, root).members.push({ opening: `"${key}":`, key, name: row.name, row });
  }
  return root;
}

function branchNamed(parent: Branch, key: string): Branch {
  const present = parent.members.find((member): member is Branch => member.key === key && 'members' in member);
  if (present !== undefined) return present;
  const branch: Branch = { opening: `"${key}":`, key, members: [] };
  parent.members.push(branch);
  return branch;
}
