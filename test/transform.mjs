import { transformWithOxc } from 'vite';

/** Takes the types away, which tsc has checked: a hundred times as fast as compiling. */
export default {
  async processAsync(source, path) {
    const { code, map } = await transformWithOxc(source, path, { sourcemap: true });
    return { code, map };
  },
};
