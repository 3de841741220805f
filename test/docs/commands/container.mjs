import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { parse, parseAllDocuments } from 'yaml';

/**
 * Stands for docker and kubectl in a page's test. What follows the image runs as a process that sees what the container would:
 * the variables that it is given, and its files under the paths at which they are mounted.
 */
const [, , program, ...args] = process.argv;
const place = process.env.PLACE;
const volume = join(place, 'volume');
mkdirSync(volume, { recursive: true });
const memory = join(place, 'containers.json');
const known = existsSync(memory)
  ? JSON.parse(readFileSync(memory, 'utf8'))
  : { images: [], containers: {}, secrets: {} };
const remember = () => writeFileSync(memory, JSON.stringify(known));

function must(holds, message) {
  if (holds) return;
  process.stderr.write(`${program} ${args.join(' ')}: ${message}\n`);
  process.exit(125);
}

/** Runs a container's command to its end, and ends as it does. */
function run({ image, command, mounts, environment }) {
  must(known.images.includes(image), `nobody has built the image ${image}.`);
  must(command[0] === 'lacework-trigger', `${command[0]} is not on the image's path.`);
  must(mounts['/symphony_data'] !== undefined, 'the data path is on no volume.');
  for (const [target, source] of Object.entries(mounts))
    must(existsSync(source), `${source}, for ${target}, is not there.`);
  const words = command.slice(1).map((word) => mounts[word] ?? word);
  const missing = words.filter((word) => word.startsWith('/') && !existsSync(word));
  must(missing.length === 0, `the container has no ${missing}.`);
  const settings = { SYMPHONY_DATA_DIR: mounts['/symphony_data'], LIVENESS_PORT: '0', METRICS_PORT: '0' };
  const env = { PATH: process.env.PATH, ...settings, ...environment };
  process.exitCode = spawnSync('lacework-trigger', words, { env, stdio: 'inherit' }).status ?? 1;
}

/** A volume by its name is the data of the test; a path is one on this machine. */
function mountsOf(volumes) {
  return Object.fromEntries(
    volumes.map((mount) => {
      const [source, target] = mount.split(':');
      return [target, source.startsWith('.') ? resolve(source) : volume];
    }),
  );
}

function variables(names) {
  return Object.fromEntries(
    names.map((name) => {
      must(process.env[name] !== undefined, `${name} is not set.`);
      return [name, process.env[name]];
    }),
  );
}

function docker(command, rest) {
  switch (command) {
    case 'build': {
      const { values, positionals } = parseArgs({
        args: rest,
        options: { tag: { type: 'string', short: 't' } },
        allowPositionals: true,
      });
      must(existsSync(join(positionals[0], 'Dockerfile')), 'there is no Dockerfile.');
      known.images.push(values.tag);
      return remember();
    }
    case 'run': {
      const text = { type: 'string' };
      const flag = { type: 'boolean' };
      const list = { type: 'string', multiple: true, default: [] };
      const image = rest.findLastIndex((word) => known.images.includes(word));
      must(image > 0, 'nobody has built its image.');
      const { values } = parseArgs({
        args: rest.slice(0, image),
        options: {
          detach: { ...flag, short: 'd' },
          interactive: { ...flag, short: 'i' },
          tty: { ...flag, short: 't' },
          rm: flag,
          name: text,
          restart: text,
          entrypoint: text,
          volume: { ...list, short: 'v' },
          env: { ...list, short: 'e' },
          publish: { ...list, short: 'p' },
        },
      });
      const command = [values.entrypoint, ...rest.slice(image + 1)];
      const container = {
        image: rest[image],
        command,
        mounts: mountsOf(values.volume),
        environment: variables(values.env),
      };
      if (values.name) known.containers[values.name] = container;
      remember();
      return run(container);
    }
    case 'exec':
      must(known.containers[rest[0]], 'there is no such container.');
      return run({ ...known.containers[rest[0]], command: rest.slice(1) });
    case 'compose': {
      if (rest[0] === 'logs') return must(known.images.length > 0, 'there is no such service.');
      must(rest.join(' ') === 'up -d', 'only up -d and logs are known here.');
      const given = (text) => text.replace(/\$\{(\w+):\?[^}]*\}/g, (_, name) => variables([name])[name]);
      const [service] = Object.values(parse(given(readFileSync('compose.yaml', 'utf8'))).services);
      must(existsSync(join(service.build, 'Dockerfile')), 'there is no Dockerfile to build from.');
      known.images.push(service.image);
      const { image, entrypoint, command, environment } = service;
      return run({ image, command: [...entrypoint, ...command], mounts: mountsOf(service.volumes), environment });
    }
    case 'logs':
    case 'stop':
    case 'start':
    case 'restart':
    case 'rm':
      return must(known.containers[rest.at(-1)], 'there is no such container.');
    default:
      must(false, `docker ${command} is not known here.`);
  }
}

function kubectl(command, rest) {
  if (command === 'create') {
    must(rest[0] === 'secret' && rest[1] === 'generic', 'only secrets are known here.');
    const of = (option) =>
      rest.flatMap((word) => (word.startsWith(`${option}=`) ? [word.slice(option.length + 1)] : []));
    const literals = of('--from-literal').map((pair) => pair.split('='));
    known.secrets[rest[2]] = {
      files: of('--from-file').map((file) => resolve(file)),
      literals: Object.fromEntries(literals),
    };
    return remember();
  }
  must(command === 'apply' && rest[0] === '-f', `kubectl ${command} is not known here.`);
  const text = readFileSync(rest[1], 'utf8').replaceAll('https://intake.sekoia.io', process.env.INTAKE_SERVER);
  const objects = parseAllDocuments(text).map((document) => document.toJS());
  const pod = objects.find(({ kind }) => kind === 'Deployment').spec.template.spec;
  const [container] = pod.containers;
  const sources = Object.fromEntries(
    pod.volumes.flatMap((mounted) => {
      if (mounted.persistentVolumeClaim) return [[mounted.name, { '': volume }]];
      if (mounted.secret) {
        const { files } = known.secrets[mounted.secret.secretName];
        return [
          [
            mounted.name,
            Object.fromEntries(
              mounted.secret.items.map(({ key, path }) => [`/${path}`, files.find((file) => file.endsWith(`/${key}`))]),
            ),
          ],
        ];
      }
      const { data } = objects.find(
        ({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === mounted.configMap.name,
      );
      for (const [name, content] of Object.entries(data)) writeFileSync(join(place, `mounted-${name}`), content);
      return [
        [
          mounted.name,
          Object.fromEntries(Object.keys(data).map((name) => [`/${name}`, join(place, `mounted-${name}`)])),
        ],
      ];
    }),
  );
  const mounts = Object.fromEntries(
    container.volumeMounts.flatMap(({ name, mountPath }) =>
      Object.entries(sources[name]).map(([path, source]) => [mountPath + path, source]),
    ),
  );
  const environment = Object.fromEntries(
    container.env.map(({ name, valueFrom }) => {
      const value = known.secrets[valueFrom.secretKeyRef.name]?.literals[valueFrom.secretKeyRef.key];
      must(value !== undefined, `no secret has ${valueFrom.secretKeyRef.key}.`);
      return [name, value];
    }),
  );
  run({ image: container.image, command: [...container.command, ...container.args], mounts, environment });
}

if (program === 'docker') docker(args[0], args.slice(1));
else kubectl(args[0], args.slice(1));
