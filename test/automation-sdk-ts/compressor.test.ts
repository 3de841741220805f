import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { Compressor } from '../../lib/automation-sdk-ts/src/compressor.js';
import { fc } from '../helpers/properties.js';

/** From what compresses to nothing to what does not at all. */
const piece = fc.oneof(
  fc
    .record({ text: fc.string(), times: fc.integer({ min: 0, max: 5000 }) })
    .map(({ text, times }) => Buffer.from(text.repeat(times))),
  fc.uint8Array({ size: 'max', maxLength: 100_000 }).map((bytes) => Buffer.from(bytes)),
);

describe('A compressor', () => {
  it('makes one gzip file after the other, each of its own pieces only, while others do the same', async () => {
    const compressors = [new Compressor(), new Compressor(), new Compressor()];
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(piece, { maxLength: 4 }), { minLength: 3, maxLength: 3 }), async (bodies) => {
        const made = await Promise.all(compressors.map((one, index) => one.compress(bodies[index] as Buffer[])));
        for (const [index, file] of made.entries()) {
          expect(gunzipSync(file).equals(Buffer.concat(bodies[index] as Buffer[]))).toBe(true);
        }
      }),
    );
  });

  it('takes the same memory again', async () => {
    const compressor = new Compressor();
    const { buffer } = await compressor.compress([Buffer.alloc(10_000, 'a')]);
    expect((await compressor.compress([Buffer.alloc(9_000, 'b')])).buffer).toBe(buffer);
  });
});
