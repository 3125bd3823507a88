import { describe, expect, it } from 'vitest';
import { originsSchema } from './origins.js';

describe('CORS_ORIGINS', () => {
  it.each([
    [undefined, []],
    ['', []],
    ['https://app.example', ['https://app.example']],
    [
      ' https://app.example , http://localhost:5173,',
      ['https://app.example', 'http://localhost:5173'],
    ],
    ['http://[::1]:8080', ['http://[::1]:8080']],
  ])('given %j, then %j', (text, origins) => {
    expect(originsSchema.parse(text)).toEqual(origins);
  });

  it.each([
    '*',
    'null',
    'app.example',
    'https://app.example/',
    'https://app.example/path',
    'https://*.example',
    'https://App.example',
    'https://app.example:443',
    'https://user@app.example',
    'file:///tmp',
    'ftp://app.example',
    'https://app.example https://other.example',
    'https://app.example;https://other.example',
  ])('given %s, which no browser sends as an origin, then it is refused', (text) => {
    expect(originsSchema.safeParse(text).success).toBe(false);
  });
});
