import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findChromium } from './find-chromium.js';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'recoup-find-chromium-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program that runs, or one that fails whatever it is asked. */
function program(name: string, status = 0): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `#!/bin/sh\nexit ${status}\n`);
  chmodSync(path, 0o755);
  return path;
}

describe('findChromium', () => {
  it('given CHROMIUM_BIN, then it comes before PATH', () => {
    const named = program('named/browser');
    program('path/chromium');
    const environment = { CHROMIUM_BIN: named, PATH: join(folder, 'path') };
    expect(findChromium(environment)).toEqual({ program: named });
  });

  it('given CHROMIUM_BIN that does not run, then it says so instead of taking another', () => {
    const named = program('named/browser', 1);
    const onPath = program('path/chromium');
    expect(findChromium({ CHROMIUM_BIN: named, PATH: dirname(onPath) })).toMatchObject({
      program: null,
      reason: expect.stringContaining(named) as string,
    });
  });

  it('given a stub of a name and another name that runs, then the one that runs is taken', () => {
    program('path/chromium-browser', 1);
    const chrome = program('path/google-chrome');
    expect(findChromium({ PATH: `${folder}/nowhere:${folder}/path` })).toEqual({ program: chrome });
  });
});
