import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '@recoup/kernel';
import type { Service } from './service.js';

/** Less than any probe waits: a probe that gives up tells less than an answer that names the database. */
const ANSWERS_WITHIN_MS = 3000;

/**
 * A check whether the database answers, and soon. One question is asked at a time, however often it is called: those to a
 * database that is silent would take up the pool.
 */
export function databaseCheck({
  pool,
  log,
}: Pick<Service, 'pool' | 'log'>): () => Promise<boolean> {
  const ask = async (): Promise<boolean> => {
    try {
      await pool.query('select 1');
      return true;
    } catch (error) {
      log.debug({ reason: messageOf(error) }, 'database does not answer');
      return false;
    }
  };
  let asked: Promise<boolean> | null = null;
  return () => {
    asked ??= ask().finally(() => {
      asked = null;
    });
    return Promise.race([asked, sleep(ANSWERS_WITHIN_MS, false, { ref: false })]);
  };
}
