// A process of its own: a service that hears events as all services do, with one row as the effect of each.
import { consume, openService } from '@recoup/service-kit';
import { pino } from 'pino';

const [DATABASE_URL = '', NATS_URL = ''] = process.argv.slice(2);
const service = await openService(
  'detection',
  { DATABASE_URL, NATS_URL, NATS_REPLICAS: 1, OPS_PORT: 0, LOG_LEVEL: 'silent' },
  pino({ level: 'silent' }),
);
consume(service, {
  types: ['sync.amazon_connected'],
  async handle({ position }, tx) {
    await tx.query('insert into public.effect (position) values ($1)', [position]);
  },
});
process.send?.('ready');
process.on('SIGTERM', () => void service.stop().then(() => process.exit(0)));
