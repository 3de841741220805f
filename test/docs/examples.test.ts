import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parser } from '@prometheus-io/lezer-promql';
import { parse, parseAllDocuments } from 'yaml';
import { buildProgram } from '../../lib/cli/program.js';
import { configurationSchema } from '../../lib/configuration.js';
import { packageVersion } from '../../lib/package-version.js';
import { openStage, type Stage } from '../helpers/stage.js';
import { waitUntil } from '../helpers/wait-until.js';
import { root } from './pages.js';

const read = (name: string) => readFileSync(join(root, 'docs', name), 'utf8');
const example = (name: string) => read(join('examples', name));

/** Whether `lacework-trigger run` takes these arguments. */
function isRunLine([command, ...args]: readonly string[]): boolean {
  const run = buildProgram().commands.find((it) => it.name() === command);
  const known = run?.options.map(({ long }) => long) ?? [];
  return command === 'run' && args.filter((arg) => arg.startsWith('--')).every((arg) => known.includes(arg));
}

describe('The Compose file', () => {
  const { services, volumes } = parse(example('compose.yaml'));
  const service = services['lacework-trigger'];

  it('runs the command that exists, with the files that it mounts', () => {
    expect(service.entrypoint).toEqual(['lacework-trigger']);
    expect(isRunLine(service.command)).toBe(true);
    const mounts = service.volumes.map((line: string) => line.split(':')[1]);
    expect(mounts).toEqual(['/symphony_data', '/etc/lacework/config.json', '/run/secrets/key.json']);
    expect(service.command.filter((arg: string) => arg.startsWith('/'))).toEqual(mounts.slice(1));
    expect(Object.keys(volumes)).toEqual(['data']);
  });

  it('has a configuration that the module takes', () => {
    const configuration = JSON.parse(example('config.json'));
    expect(configurationSchema.parse({ ...configuration, intake_key: 'k' })).toMatchObject({ event_format: 'raw' });
    expect(read('install.md')).toContain(JSON.stringify(configuration, null, 2));
  });
});

describe('The Kubernetes manifest', () => {
  const documents = parseAllDocuments(example('kubernetes.yaml')).map((document) => document.toJS());
  const [configMap, claim, deployment] = documents;
  const pod = deployment.spec.template.spec;
  const [container] = pod.containers;

  it('holds a configuration, a volume and one replica', () => {
    expect(documents.map(({ kind }) => kind)).toEqual(['ConfigMap', 'PersistentVolumeClaim', 'Deployment']);
    expect(deployment.spec.replicas).toBe(1);
    expect(pod.volumes.map((volume: { name: string }) => volume.name)).toEqual(['data', 'config', 'key']);
    expect(container.volumeMounts.map(({ name }: { name: string }) => name)).toEqual(['data', 'config', 'key']);
    expect(pod.volumes[0].persistentVolumeClaim.claimName).toBe(claim.metadata.name);
    expect(pod.volumes[1].configMap.name).toBe(configMap.metadata.name);
    expect(pod.volumes[2].secret.secretName).toBe('lacework');
  });

  it('runs the command that exists in this version, with a configuration that the module takes', () => {
    expect(container.image).toBe(`lacework-trigger:${packageVersion()}`);
    expect(container.command).toEqual(['lacework-trigger']);
    expect(isRunLine(container.args)).toBe(true);
    const configuration = JSON.parse(configMap.data['config.json']);
    expect(configurationSchema.parse({ ...configuration, intake_key: 'k' })).toMatchObject({
      intake_server: 'https://intake.sekoia.io',
      // Normalized events would be warned of there.
      event_format: 'raw',
    });
  });

  it('asks for the health where the trigger answers, and bounds what it takes', () => {
    const ports = Object.fromEntries(
      container.ports.map((port: { name: string; containerPort: number }) => [port.name, port.containerPort]),
    );
    expect(ports).toEqual({ health: 8000, metrics: 8020 });
    for (const probe of [container.startupProbe, container.livenessProbe]) {
      expect(probe.httpGet).toEqual({ path: '/health', port: 'health' });
    }
    expect(container.resources.limits.memory).toBe('512Mi');
  });
});

describe('The metrics', () => {
  let stage: Stage;
  let exposed: Map<string, string>;

  beforeAll(async () => {
    stage = await openStage();
    stage.emulator.addGenerated({ count: 1, seed: 1, from: Date.now() - 3_600_000, to: Date.now() - 60_000 });
    const trigger = await stage.start({ configuration: { frequency: 60 } });
    await waitUntil('a poll', () => trigger.output().includes('"poll_ended"'));
    const text = await (await fetch(`http://127.0.0.1:${trigger.metricsPort}/metrics`)).text();
    exposed = new Map([...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name = '', type = '']) => [name, type]));
  });
  afterAll(() => stage.close());

  it('are those of the page, with their types', () => {
    const rows = [...read('metrics.md').matchAll(/^\| `(symphony_\w+)` \| (\w+)/gm)];
    expect(new Map(rows.map(([, name = '', type = '']) => [name, type]))).toEqual(exposed);
  });

  it('of the alert rules and of the dashboard are shown by a running trigger, and every expression can be read', () => {
    const rules: string[] = parse(example('prometheus-rules.yaml')).groups[0].rules.map(
      ({ expr }: { expr: string }) => expr,
    );
    const panels: string[] = JSON.parse(example('grafana-dashboard.json')).panels.flatMap(
      ({ targets }: { targets: { expr: string }[] }) => targets.map(({ expr }) => expr),
    );
    expect([rules.length, panels.length]).toEqual([8, 13]);
    const expressions = [...rules, ...panels];
    expect(expressions.filter(hasSyntaxError)).toEqual([]);
    expect(hasSyntaxError('rate(x[5m]')).toBe(true);
    const used = expressions.flatMap((expr) => expr.match(/symphony_\w+/g) ?? []);
    expect(used.map((name) => name.replace(/_bucket$/, '')).filter((name) => !exposed.has(name))).toEqual([]);
  });
});

function hasSyntaxError(expression: string): boolean {
  let found = false;
  parser.parse(expression).iterate({
    enter: ({ type }) => {
      found ||= type.isError;
    },
  });
  return found;
}
