import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { showWarnings } from './warnings.js';

const folder = mkdtempSync(join(tmpdir(), 'recoup-warnings-'));
const log = join(folder, 'gateway.log');
const line = (level: number, msg: string): string => `${JSON.stringify({ level, msg })}\n`;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('warnings of children', () => {
  let said: string[];
  let hide: () => void;
  beforeEach(() => {
    vi.useFakeTimers();
    writeFileSync(log, line(50, 'of an earlier start'));
    said = [];
    hide = showWarnings({
      names: ['gateway'],
      logFolder: folder,
      say: (text) => said.push(text),
    });
  });
  afterEach(() => {
    hide();
    vi.useRealTimers();
    rmSync(log, { force: true });
  });

  it('given new lines, then only warnings and errors are shown, and nothing of an earlier start', () => {
    appendFileSync(log, line(30, 'ready') + 'no JSON at all\n' + line(40, 'slow') + line(50, 'no'));
    vi.advanceTimersByTime(500);
    expect(said).toEqual(['gateway: slow', 'gateway: no']);
  });

  it('given a line that is written in two pieces, then it is shown once, when it is whole', () => {
    const whole = line(50, 'cannot reach the database');
    appendFileSync(log, whole.slice(0, 12));
    vi.advanceTimersByTime(500);
    expect(said).toEqual([]);
    appendFileSync(log, whole.slice(12));
    vi.advanceTimersByTime(500);
    expect(said).toEqual(['gateway: cannot reach the database']);
  });

  it('given the same warning again and again, then it is shown again only after a while', () => {
    for (let times = 0; times < 10; times += 1) {
      appendFileSync(log, line(40, 'waiting'));
      vi.advanceTimersByTime(1000);
    }
    expect(said).toEqual(['gateway: waiting']);
    vi.advanceTimersByTime(30_000);
    appendFileSync(log, line(40, 'waiting'));
    vi.advanceTimersByTime(500);
    expect(said).toHaveLength(2);
  });
});
