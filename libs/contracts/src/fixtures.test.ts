import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { catalogue, eventTypes, isEventType } from './catalogue.js';
import { currentVersion, upcast } from './versions.js';

const FOLDER = new URL('./fixtures/', import.meta.url);
const NAME = /^([a-z_.]+)\.v(\d+)(-[a-z-]+)?\.json$/;

/**
 * Data as it was written when its version was current: `<type>.v<version>.json`, and `-<variant>` for another shape of
 * it. A fixture is never edited and never deleted: somewhere such an event is stored.
 */
const fixtures = readdirSync(FOLDER).map((file) => {
  const [, type = '', version = ''] = NAME.exec(file) ?? [];
  const data: unknown = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8'));
  return { file, type, version: Number(version), data };
});

describe('fixtures of every version ever written', () => {
  it.each(fixtures)(
    '$file reads in today’s shape, and nothing of it is lost',
    ({ type, version, data }) => {
      if (!isEventType(type)) throw new Error(`no such event type: ${type}`);
      const today: unknown = upcast(type, version, data);
      expect(catalogue[type].parse(today)).toEqual(today);
    },
  );

  it.each(eventTypes)('%s has one for each of its versions', (type) => {
    const versions = new Set(fixtures.filter((f) => f.type === type).map((f) => f.version));
    const written = Array.from({ length: currentVersion(type) }, (_, index) => index + 1);
    expect([...versions].sort((a, b) => a - b)).toEqual(written);
  });
});
