import type { Pool } from 'pg';

/** One time that a worker took a job. */
export interface Lease {
  readonly syncId: string;
  readonly fence: number;
  readonly owner: string;
  /** Whether the lease before it had ended: else two workers were at one sync. */
  readonly alone: boolean;
}

export interface LeaseHistory {
  all(): Promise<readonly Lease[]>;
}

/** Writes down every lease from now on. `admin` is the superuser of the database. */
export async function recordLeases(admin: Pool): Promise<LeaseHistory> {
  await admin.query(`
    create table public.lease_history (sync_id text, fence int, owner text, alone boolean);
    create function public.record_lease() returns trigger language plpgsql security definer as $$ begin
      insert into public.lease_history
        values (new.sync_id, new.fence, new.owner, old.leased_until < clock_timestamp());
      return null;
    end $$;
    create trigger record_lease after update on ingestion.job for each row
      when (new.fence > old.fence and new.owner is not null) execute function public.record_lease();`);
  return {
    async all() {
      const { rows } = await admin.query<Lease>(
        'select sync_id as "syncId", fence, owner, alone from public.lease_history order by sync_id, fence',
      );
      return rows;
    },
  };
}
