import { describe, expect, it } from 'vitest';
import { allSources, sourcesOf } from './registry.js';

describe('the registry of sources', () => {
  it('given all sources, then no two share a route: windows are kept by its name', () => {
    const routes = allSources.map(({ route }) => route);
    expect(new Set(routes).size).toBe(routes.length);
  });

  it('given auto, then the plan may choose from all that tell no less than another', () => {
    const chosen = sourcesOf('auto');
    const others = allSources.filter((source) => !chosen.includes(source));
    expect(others.map(({ route }) => route)).toEqual(['listFinancialEvents-v0']);
  });

  it.each(['api', 'reports', 'v0'] as const)(
    'given %s, then each resource comes by exactly one source, by the forced family where it has one',
    (route) => {
      const chosen = sourcesOf(route);
      const resources = [...new Set(allSources.map(({ resource }) => resource))];
      expect(chosen.map(({ resource }) => resource)).toEqual(resources);
      for (const source of chosen) {
        const offered = allSources.filter(({ resource }) => resource === source.resource);
        const forced = offered.find(({ family }) => family === route);
        expect(source).toBe(forced ?? offered[0]);
      }
    },
  );
});
