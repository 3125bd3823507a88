import type { RecordedEvent } from '@recoup/contracts';

/** What a terminal would act upon instead of showing it: names and words in events come from outside. */
const CONTROL = /[\p{Cc}\p{Cf}\u2028\u2029]/gu;

/** Text from outside as a terminal may show it. */
export function shown(text: string): string {
  return text.replace(
    CONTROL,
    (char) => `\\u${(char.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`,
  );
}

/** Where an event stands, such as `03-124`: its shard and position. */
export function placeOf({ shard, position }: Pick<RecordedEvent, 'shard' | 'position'>): string {
  return `${String(shard).padStart(2, '0')}-${position}`;
}

/** An event in one line, cut to a width where one is given. */
export function eventLine(event: RecordedEvent, width: number | null): string {
  const { occurredAt, type, tenantId, streamId, streamVersion, data } = event;
  const line = shown(
    [
      occurredAt,
      placeOf(event).padEnd(9),
      type.padEnd(28),
      tenantId,
      `${streamId} v${streamVersion}`,
      JSON.stringify(data),
    ].join('  '),
  );
  return width !== null && line.length > width ? `${line.slice(0, Math.max(0, width - 1))}…` : line;
}

/** An event in full. What is sealed in it stays sealed: nothing here has a key. */
export function eventText(event: RecordedEvent): string {
  const { streamVersion, type, schemaVersion, occurredAt, id, actor } = event;
  const { causationId, correlationId } = event;
  const data = JSON.stringify(event.data, null, 2).split('\n').map(shown);
  return [
    `#${streamVersion}  ${type} (version ${schemaVersion})  ${occurredAt}  at ${placeOf(event)}`,
    shown(`    id ${id}, by ${actor}`),
    shown(`    caused by ${causationId ?? 'nothing in the log'}, correlation ${correlationId}`),
    ...data.map((line) => `    ${line}`),
    '',
  ].join('\n');
}
