import { describe, expect, it } from 'vitest';
import { UnexpectedAnswer } from './errors.js';
import { pages, type Page } from './pages.js';

async function walk(answers: Readonly<Record<string, Page<string>>>): Promise<string[]> {
  const rows: string[] = [];
  const fetchPage = (token = ''): Promise<Page<string>> =>
    Promise.resolve(answers[token] ?? { rows: [], nextToken: null });
  for await (const page of pages(fetchPage)) rows.push(...page);
  return rows;
}

describe('pages', () => {
  it('given an empty page in the middle, then the walk goes on behind it', async () => {
    const rows = await walk({
      '': { rows: ['a'], nextToken: 'x' },
      x: { rows: [], nextToken: 'y' },
      y: { rows: ['b'], nextToken: null },
    });
    expect(rows).toEqual(['a', 'b']);
  });

  it('given tokens that lead in a circle, then it ends with an error', async () => {
    const circle = { '': { rows: ['a'], nextToken: 'x' }, x: { rows: ['b'], nextToken: 'x' } };
    await expect(walk(circle)).rejects.toBeInstanceOf(UnexpectedAnswer);
  });
});
