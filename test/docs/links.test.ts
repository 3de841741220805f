import { existsSync, statSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import GithubSlugger from 'github-slugger';
import { type Page, proseOf, readPages, root } from './pages.js';

const pages = readPages();
const byPath = new Map(pages.map((page) => [page.path, page]));

/** The targets of a page's links and pictures; what stands in code is none. */
function linksOf(page: Page): string[] {
  const prose = proseOf(page).replace(/`[^`\n]*`/g, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target ?? '');
}

function anchorsOf(page: Page): Set<string> {
  const slugger = new GithubSlugger();
  const headings = proseOf(page).matchAll(/^#{1,6} (.+)$/gm);
  return new Set([...headings].map(([, heading = '']) => slugger.slug(heading.replace(/[`*]/g, ''))));
}

/** What is wrong with a link; undefined when nothing is. */
function problemOf(link: string, page: Page): string | undefined {
  if (/^(https?|mailto):/.test(link)) return undefined;
  const [file = '', anchor] = link.split('#');
  const path = file === '' ? page.path : normalize(join(dirname(page.path), file)).replace(/\/$/, '');
  if (!existsSync(join(root, path))) return `${path} is not there`;
  if (anchor === undefined) return undefined;
  const target = byPath.get(path);
  if (target === undefined || statSync(join(root, path)).isDirectory()) return `${path} is no page of ours`;
  return anchorsOf(target).has(anchor) ? undefined : `${path} has no heading #${anchor}`;
}

describe('The links of', () => {
  it.each(pages.map((page) => [page.path, page] as const))('%s lead somewhere', (_, page) => {
    expect(linksOf(page).flatMap((link) => problemOf(link, page) ?? [])).toEqual([]);
  });

  it('the README lead to every page of docs', () => {
    const readme = byPath.get('README.md') as Page;
    const named = new Set(linksOf(readme).map((link) => normalize(link)));
    const inDocs = pages.map(({ path }) => path).filter((path) => /^docs\/[^/]+\.md$/.test(path));
    expect(inDocs.filter((path) => !named.has(path))).toEqual([]);
  });

  it('files that are named in code are there', () => {
    const named = pages
      .filter(({ path }) => path !== 'CHANGELOG.md')
      .flatMap((page) => [...proseOf(page).matchAll(/`((?:test|lib|docs|scripts|triggers)\/[\w./-]+)`/g)])
      .map(([, path]) => path ?? '');
    expect(named).toContain('test/delivery/crash.test.ts');
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('are read by this test', () => {
    expect(linksOf({ path: 'x.md', text: '[a](b.md#c) `[no](code)`\n```\n[no](fence)\n```\n![d](e.png)' })).toEqual([
      'b.md#c',
      'e.png',
    ]);
    const page = { path: 'docs/architecture.md', text: '# Two `words`\n## And more' };
    expect(anchorsOf(page)).toEqual(new Set(['two-words', 'and-more']));
    expect(problemOf('none.md', page)).toBe('docs/none.md is not there');
  });
});
