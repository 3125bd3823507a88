// A process of its own: bare fastify that answers with one row of the read model.
import fastify from 'fastify';
import { Pool } from 'pg';

const [connectionString = '', tenantId = ''] = process.argv.slice(2);
const pool = new Pool({ connectionString, max: 12 });
const app = fastify();

app.get<{ Params: { syncId: string } }>('/:syncId', async (request, reply) => {
  const { rows } = await pool.query<{ doc: object }>({
    name: 'status',
    text: 'select doc from rm.sync where tenant_id = $1 and key = $2',
    values: [tenantId, request.params.syncId],
  });
  return rows[0]?.doc ?? reply.code(404).send();
});

await app.listen({ port: 0, host: '127.0.0.1' });
process.send?.(app.server.address());
