import { describe, expect, it } from 'vitest';
import { UnexpectedAnswer } from './errors.js';
import { pages, type Page } from './pages.js';

async function walk(answer: (token: string) => Page<string>): Promise<string[]> {
  const rows: string[] = [];
  for await (const page of pages((token = '') => Promise.resolve(answer(token)))) {
    rows.push(...page);
  }
  return rows;
}

function from(answers: Readonly<Record<string, Page<string>>>): (token: string) => Page<string> {
  return (token) => answers[token] ?? { rows: [], nextToken: null };
}

describe('pages', () => {
  it('given an empty page in the middle, then the walk goes on behind it', async () => {
    const rows = await walk(
      from({
        '': { rows: ['a'], nextToken: 'x' },
        x: { rows: [], nextToken: 'y' },
        y: { rows: ['b'], nextToken: null },
      }),
    );
    expect(rows).toEqual(['a', 'b']);
  });

  it('given a page once more with the same token, then its rows come once and the walk goes on', async () => {
    let asked = 0;
    const rows = await walk((token) => {
      if (token === '') return { rows: ['a'], nextToken: 'x' };
      asked += 1;
      return asked === 1 ? { rows: ['a'], nextToken: 'x' } : { rows: ['b'], nextToken: null };
    });
    expect(rows).toEqual(['a', 'b']);
  });

  it('given tokens that lead in a circle, then it ends with an error', async () => {
    const circle = { '': { rows: ['a'], nextToken: 'x' }, x: { rows: ['b'], nextToken: 'x' } };
    await expect(walk(from(circle))).rejects.toBeInstanceOf(UnexpectedAnswer);
  });
});
