import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const versionIn = (path: string) => JSON.parse(read(path)).version as string;

const changelog = read('CHANGELOG.md');
const releases = [...changelog.matchAll(/^## (\d{4}-\d{2}-\d{2}) - (\d+\.\d+\.\d+)$/gm)].map(([, date, version]) => ({
  date: date as string,
  version: version as string,
}));

describe('The version', () => {
  it('is the same in package.json, in the SDK, in the manifest and in the newest entry of the changelog', () => {
    const version = versionIn('package.json');
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(versionIn('lib/automation-sdk-ts/package.json')).toBe(version);
    expect(JSON.parse(read('package.json')).devDependencies['@sekoia/automation-sdk-ts']).toBe(version);
    expect(versionIn('manifest.json')).toBe(version);
    expect(versionIn('package-lock.json')).toBe(version);
    expect(releases[0]?.version).toBe(version);
  });
});

describe('The changelog', () => {
  it('begins as the platform reads it', () => {
    expect(changelog.slice(0, changelog.indexOf('\n## '))).toBe(`# Changelog

All notable changes to this project will be documented in this file.

The format is based on [Keep a Changelog](https://keepachangelog.com/en/1.0.0/), and this project adheres to [Semantic Versioning](https://semver.org/spec/v2.0.0.html).
`);
  });

  it('has `Unreleased` first, then releases, and no other heading of that rank', () => {
    const headings = [...changelog.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
    expect(headings).toEqual(['Unreleased', ...releases.map(({ date, version }) => `${date} - ${version}`)]);
    expect(releases).not.toEqual([]);
  });

  it('has releases on real days, the newest first, each version higher than the one before', () => {
    for (const { date } of releases) expect(new Date(date).toISOString().slice(0, 10)).toBe(date);
    const rank = (version: string) =>
      version
        .split('.')
        .map((part) => part.padStart(6, '0'))
        .join('.');
    for (const [i, { date, version }] of releases.slice(1).entries()) {
      expect(date <= (releases[i]?.date as string)).toBe(true);
      expect(rank(version) < rank(releases[i]?.version as string)).toBe(true);
    }
  });

  it('has only the six sections, each once in a release, and all text inside of them', () => {
    for (const release of changelog.split(/^## .*$/m).slice(1)) {
      const [before, ...sections] = release.split(/^### /m);
      expect(before?.trim()).toBe('');
      const names = sections.map((section) => section.slice(0, section.indexOf('\n')));
      expect(names.filter((name) => !/^(Added|Changed|Deprecated|Removed|Fixed|Security)$/.test(name))).toEqual([]);
      expect(new Set(names).size).toBe(names.length);
      for (const section of sections) expect(section.slice(section.indexOf('\n')).trim()).toMatch(/^- /);
    }
  });
});

describe('The package', () => {
  const manifest = JSON.parse(read('package.json'));

  it('is never published by accident', () => {
    expect(manifest.private).toBe(true);
    expect(JSON.parse(read('lib/automation-sdk-ts/package.json')).private).toBe(true);
  });

  it('depends on no package: all are built in', () => {
    expect(manifest.dependencies).toBeUndefined();
  });
});
