import { generate } from 'selfsigned';

const DAY = 86_400_000;

/** A key and a certificate for 127.0.0.1, localhost and `host` that signs itself (PEM); one that has expired was good until yesterday. */
export async function makeCertificate({
  expired = false,
  commonName = '127.0.0.1',
  host = 'localhost',
} = {}): Promise<{ readonly key: string; readonly cert: string }> {
  const { private: key, cert } = await generate([{ name: 'commonName', value: commonName }], {
    notBeforeDate: new Date(Date.now() - 30 * DAY),
    notAfterDate: new Date(Date.now() + (expired ? -DAY : DAY)),
    extensions: [
      { name: 'basicConstraints', cA: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 7, ip: '127.0.0.1' },
          { type: 2, value: 'localhost' },
          { type: 2, value: host },
        ],
      },
    ],
  });
  return { key, cert };
}
