import { describe, expect, it } from '@jest/globals';
import { configurationSchema } from '../../lib/configuration.js';

const problems = (start_time: string) =>
  configurationSchema.safeParse({ intake_key: 'a-key', start_time }).error?.issues.map(({ message }) => message);

describe('The field start_time', () => {
  it.each(['24', '2026-01-31T00:00:00Z', '2024-02-29T00:00:00Z', '2026-03-01T00:30:00+02:00'])('may be %s', (time) => {
    expect(problems(time)).toBeUndefined();
  });

  it.each(['2026-02-31T00:00:00Z', '2026-02-29T12:00:00+01:00', '2026-04-31T00:00:00Z', '2026-13-01T00:00:00Z'])(
    'can not be %s',
    (time) => {
      expect(problems(time)).toEqual(['is not a time that exists']);
    },
  );
});
