import { Pool } from 'pg';

/** Connections of the role that owns the tables: projectors and requests never have them. */
export function openOwnerPool(url: string): Pool {
  return new Pool({ connectionString: url });
}
