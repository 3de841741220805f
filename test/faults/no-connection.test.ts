import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { makeCertificate } from '../helpers/certificate.js';
import type { Stage } from '../helpers/stage.js';
import { temporaryDirectory } from '../helpers/temporary-directory.js';
import { ALERTS, addOne, expectEachOnce, throwAtProcess } from './thrown-faults.js';

const hostsFile = fileURLToPath(new URL('hosts-file.mjs', import.meta.url));
/** A name that no DNS knows (RFC 6761). */
const NAME = 'lacework.invalid';

/** What switches one way to lose the connection on and off, for an emulator that serves https, and how a trigger reaches it. */
interface Way {
  readonly lose: (stage: Stage) => Promise<void> | void;
  readonly find: (stage: Stage) => Promise<void> | void;
  readonly host: string;
  readonly problem: RegExp;
}

interface Ground {
  readonly way: Way;
  readonly certificate: Awaited<ReturnType<typeof makeCertificate>>;
  readonly env: NodeJS.ProcessEnv;
}

async function unknownName(directory: string): Promise<Ground> {
  const certificate = await makeCertificate({ host: NAME });
  const hosts = join(directory, 'hosts');
  const lose = async ({ emulator }: Stage) => {
    await writeFile(hosts, '');
    // A connection that is open needs no name.
    emulator.showCertificate(certificate);
  };
  const find = () => writeFile(hosts, NAME);
  const problem = /HOST can't be resolved; check the name and the DNS \((?:ENOTFOUND|EAI_AGAIN)\)\./;
  return {
    way: { lose, find, host: NAME, problem },
    certificate,
    env: { HOSTS_FILE: hosts, ...(await trusting(directory, certificate)) },
  };
}

async function expiredCertificate(directory: string): Promise<Ground> {
  const certificate = await makeCertificate();
  const expired = await makeCertificate({ expired: true });
  const lose = ({ emulator }: Stage) => emulator.showCertificate(expired);
  const find = ({ emulator }: Stage) => emulator.showCertificate(certificate);
  const problem =
    /HOST could not be verified by its certificate; check the authority and the proxy \(CERT_HAS_EXPIRED\)\./;
  return {
    way: { lose, find, host: '127.0.0.1', problem },
    certificate,
    env: await trusting(directory, certificate, expired),
  };
}

async function trusting(directory: string, ...authorities: { readonly cert: string }[]): Promise<NodeJS.ProcessEnv> {
  const path = join(directory, 'authorities.pem');
  await writeFile(path, authorities.map(({ cert }) => cert).join('\n'));
  return { NODE_EXTRA_CA_CERTS: path };
}

describe.each([
  ['A name that is not found', unknownName],
  ['A certificate that has expired', expiredCertificate],
] as const)('%s', (_, prepare) => {
  async function throwIt(when: 'from the start' | 'later', expected: (problem: string) => string[]): Promise<void> {
    const directory = await temporaryDirectory();
    const { way, certificate, env } = await prepare(directory.path);
    const { lose, find, host, problem } = way;
    await throwAtProcess(
      {
        emulator: { tls: certificate },
        start: ({ emulator }) => ({
          account: { account: `https://${host}:${new URL(emulator.url).port}` },
          env,
          // Long enough that the connection is lost between two polls, on a busy machine too.
          configuration: { frequency: 4 },
          ...(env['HOSTS_FILE'] === undefined ? {} : { nodeOptions: ['--import', hostsFile] }),
        }),
        ...(when === 'from the start'
          ? { throwFaults: lose }
          : {
              throwFaults: async (stage) => {
                await find(stage);
                return 1;
              },
              afterFirstPoll: async (stage) => {
                await lose(stage);
                addOne(stage);
              },
            }),
        afterFirstFailure: find,
      },
      ({ lines, arrived }) => {
        expect(lines).toEqual(expected(problem.source).map((line) => expect.stringMatching(new RegExp(`^${line}$`))));
        expectEachOnce(arrived, when === 'later' ? ALERTS + 1 : ALERTS);
      },
    );
    await directory.remove();
  }

  it.concurrent(
    'from the start is an error, for the account may be wrong, and is tried again for as long as it takes',
    () =>
      throwIt('from the start', (problem) => [
        `error ${problem} Check the account, and that Lacework can be reached from here; tried again in N s, and for as long as it takes\\.`,
        'info Lacework answers again after \\d failed polls? in N s; what was missed is collected\\.',
      ]),
    120_000,
  );

  it.concurrent(
    'later is a warning, and recovery by itself',
    () =>
      throwIt('later', (problem) => [
        `warning ${problem} The poll is made again in N s; nothing is lost\\.`,
        'info Lacework answers again after \\d failed polls? in N s; what was missed is collected\\.',
      ]),
    120_000,
  );
});
