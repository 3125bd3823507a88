import type { Command } from '@recoup/service-kit';
import { openLogForReading, openLogForWork } from '../open-log.js';
import { listParked } from './list-parked.js';
import { parkedSchema } from './parked-options.js';
import { redrive } from './redrive.js';
import { showParked } from './show-parked.js';

const USAGE = `usage: npm run events -- parked [list] [--consumer SERVICE] [--json]
       npm run events -- parked show STREAM [--consumer SERVICE] [--json]
       npm run events -- parked redrive (STREAM | --all) [--consumer SERVICE] [--wait SECONDS] [--json]

A service that cannot digest an event parks its stream: later events of it wait behind, in order, and all other streams go on.

  list     the parked streams of each service, and the rows of read models that an event could not be folded into. Those are folded
           anew by \`npm run events -- rebuild\`, once their fold is mended
  show     what failed, how often and why, and what waits behind it
  redrive  makes the first parked event of the stream, or of all streams, due now, whether or not it was given up. The running
           service tries it, and then what waits behind it, in order. Tells what became of each: ends with 1 if not all flow

  --consumer SERVICE  gateway, ingestion, detection or evidence; without it, all
  --wait SECONDS      how long to wait for what becomes of it (30)
  --json              lines of JSON

Every re-drive is logged on stderr with who asked for it.
It is the database of a running \`npm start\`, or the one that DATABASE_URL names with the working role of a service.
`;

/** Lists, shows and re-drives what is parked. */
export const parkedCommand: Command<typeof parkedSchema> = {
  usage: USAGE,
  options: {
    consumer: { type: 'string' },
    all: { type: 'boolean' },
    wait: { type: 'string' },
    json: { type: 'boolean' },
  },
  schema: parkedSchema,
  async run(asked, signal) {
    await using log = asked.task === 'redrive' ? openLogForWork() : openLogForReading();
    if (asked.task === 'list') return await listParked(log, asked);
    if (asked.task === 'show') return await showParked(log, asked);
    return await redrive(log, asked, signal);
  },
};
