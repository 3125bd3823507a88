import { CannotRun, Output, type Command } from '@recoup/service-kit';
import type { Pool } from 'pg';
import { z } from 'zod';
import { eventText, shown } from './event-text.js';
import { openLogForReading } from './open-log.js';

const USAGE = `usage: npm run events -- show STREAM [--from VERSION] [--json]

Prints the events of a stream, such as sync-…, claim-…, or connection-<seller>.

  --from VERSION  begins with this version of the stream
  --json          one line of JSON an event, as the log has it

Only reads. What is sealed in an event stays sealed, and what is personal is shown as it is stored.
It is the database of a running \`npm start\`, or the one that DATABASE_URL names with the working role of a service.
`;

const showSchema = z.object({
  from: z.coerce.number({ error: 'a number from 1 on' }).int().min(1).default(1),
  json: z.boolean().default(false),
  words: z.tuple([z.string()], { error: 'name one stream' }),
});

export const showCommand: Command<typeof showSchema> = {
  usage: USAGE,
  options: { from: { type: 'string' }, json: { type: 'boolean' } },
  schema: showSchema,
  async run({ from, json, words: [streamId] }) {
    await using log = openLogForReading();
    const tenantId = await tenantOf(log.pool, streamId);
    const output = new Output();
    const events = await log.store.readStream(tenantId, streamId, from - 1);
    if (!json) await output.line(shown(`${streamId} of ${tenantId}, ${events.length} events`));
    for (const event of events) await output.line(json ? event : eventText(event));
    return 0;
  },
};

async function tenantOf(pool: Pool, streamId: string): Promise<string> {
  const { rows } = await pool.query<{ tenant_id: string }>(
    'select tenant_id from log.stream where stream_id = $1',
    [streamId],
  );
  if (rows[0]) return rows[0].tenant_id;
  throw new CannotRun(`There is no stream ${shown(streamId)}.`);
}
