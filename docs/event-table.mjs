/**
 * The event catalogue as a table, made from the schemas that check every event before it is written.
 *
 *   node docs/event-table.mjs            prints it
 *   node docs/event-table.mjs --write    puts it between the markers of ARCHITECTURE.md
 *
 * `tests/architecture.test.ts` refuses a table that has drifted from the schemas.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { catalogue, currentVersion, eventTypes } from '@recoup/contracts';
import { z } from 'zod';

const PAGE = new URL('../ARCHITECTURE.md', import.meta.url);
const SECTION = /(<!-- events -->\n)[\s\S]*?(<!-- \/events -->)/;

/** The narrowest id in an event's data is that of the aggregate it belongs to; what has none is named by its tenant. */
const STREAMS = [
  ['slope', 'calibration-<tenant>'],
  ['modelType', 'model-<type>'],
  ['opened', 'openings-<tenant>'],
  ['documentId', 'document-<id>'],
  ['claimId', 'claim-<id>'],
  ['riskId', 'risk-<id>'],
  ['detectionId', 'detection-<id>'],
  ['syncId', 'sync-<id>'],
  ['costs', 'settings-<tenant>'],
  ['learnFromOutcomes', 'settings-<tenant>'],
  ['killSwitchScope', 'settings-<tenant>'],
  ['pausedOn', 'settings-<tenant>'],
  ['assertionId', 'assertions-<tenant>'],
];

function streamOf(properties) {
  return STREAMS.find(([key]) => key in properties)?.[1] ?? 'connection-<tenant>';
}

/** A schema in a few characters: enumerations by their words, objects by their members, all else by its name alone. */
function shape(schema) {
  if (schema.anyOf)
    return schema.anyOf
      .filter((option) => option.type !== 'null')
      .map(shape)
      .join('');
  if (schema.const) return `: ${schema.const}`;
  if (schema.enum) return `: ${schema.enum.join(' \\| ')}`;
  if (schema.type === 'array') return ` [${shape(schema.items).trim()}]`;
  if (schema.additionalProperties) return ` by resource${shape(schema.additionalProperties)}`;
  if (schema.properties) return ` {${Object.keys(schema.properties).join(', ')}}`;
  return '';
}

function isNullable({ anyOf = [], type }) {
  return [type].flat().includes('null') || anyOf.some((option) => option.type === 'null');
}

function members({ properties, required = [] }) {
  return Object.entries(properties)
    .map(
      ([name, schema]) =>
        `\`${name}\`${required.includes(name) ? '' : '?'}${shape(schema)}${isNullable(schema) ? ' or null' : ''}`,
    )
    .join('; ');
}

function row(type) {
  const schema = z.toJSONSchema(catalogue[type]);
  return `| \`${type}\` | ${currentVersion(type)} | \`${streamOf(schema.properties)}\` | ${members(schema)} |`;
}

const table = [
  '| event | version | stream | data |',
  '|---|---|---|---|',
  ...eventTypes.map(row),
].join('\n');

if (process.argv.includes('--write')) {
  const page = await readFile(PAGE, 'utf8');
  if (!SECTION.test(page)) throw new Error('ARCHITECTURE.md has no event markers');
  await writeFile(
    PAGE,
    page.replace(SECTION, (_, open, close) => `${open}${table}\n${close}`),
  );
} else {
  console.log(table);
}
