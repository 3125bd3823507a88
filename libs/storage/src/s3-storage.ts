import { backoffMs, messageOf, sleep, type Clock } from '@recoup/kernel';
import { checkedKey, StorageAway, type FileStorage } from './file-storage.js';
import { signedHeaders, type S3Credentials } from './s3-signature.js';

export interface S3Options {
  /** Where buckets are addressed by path, such as `https://s3.eu-central-1.amazonaws.com`. */
  readonly endpoint: string;
  readonly region: string;
  readonly bucket: string;
  /** Before every key, with its slash; empty for none. */
  readonly prefix: string;
  readonly credentials: S3Credentials;
  readonly clock: Clock;
}

const TRIES = 3;
/** A whole file of the largest size at a slow megabit is far below, in milliseconds. */
const TIMEOUT_MS = 60_000;
const NOTHING = new Uint8Array();

interface Asked {
  readonly method: 'GET' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Uint8Array;
}

/**
 * Files in a bucket that speaks S3. `put` replaces an object as a whole and lists show it at once (Amazon S3 data
 * consistency model, since December 2020). In a bucket that keeps versions, forgotten files remain as old versions: without
 * their key nobody can read them.
 */
export function openS3Storage(options: S3Options): FileStorage {
  const { bucket, prefix } = options;
  const pathOf = (key: string): string => `/${bucket}/${prefix}${checkedKey(key)}`;
  const keysBelow = async (key: string): Promise<string[]> => {
    const below = `${prefix}${checkedKey(key)}/`;
    const query = { 'list-type': '2', prefix: below };
    const listed = await ask(options, { method: 'GET', path: `/${bucket}`, query });
    if (!listed.ok) throw refused('list', listed);
    const text = await listed.text();
    // Of ours alone: keys have no character that XML would escape.
    return [...text.matchAll(/<Key>([a-z0-9_/.-]+)<\/Key>/g)].map(([, name = '']) => name);
  };
  const remove = async (path: string): Promise<void> => {
    const removed = await ask(options, { method: 'DELETE', path });
    if (!removed.ok && removed.status !== 404) throw refused('delete', removed);
  };
  return {
    async put(key, bytes) {
      const answer = await ask(options, { method: 'PUT', path: pathOf(key), body: bytes });
      if (!answer.ok) throw refused('put', answer);
    },
    async get(key) {
      const answer = await ask(options, { method: 'GET', path: pathOf(key) });
      if (answer.status === 404) return null;
      if (!answer.ok) throw refused('get', answer);
      return new Uint8Array(await answer.arrayBuffer());
    },
    async forget(key) {
      await remove(pathOf(key));
      // A list holds a thousand at most: what is left comes with the next one.
      for (let names = await keysBelow(key); names.length > 0; names = await keysBelow(key)) {
        for (const name of names) await remove(`/${bucket}/${name}`);
      }
    },
  };
}

/** Asks again where the storage could not answer: all that is asked here may be asked twice. */
async function ask(options: S3Options, asked: Asked): Promise<Response> {
  for (let tries = 1; ; tries += 1) {
    const answer = await askOnce(options, asked);
    if (!(answer instanceof StorageAway)) return answer;
    if (tries === TRIES) throw answer;
    await sleep(backoffMs(tries, { baseMs: 200, capMs: 2000 }));
  }
}

async function askOnce(
  { endpoint, region, credentials, clock }: S3Options,
  { method, path, query = {}, body = NOTHING }: Asked,
): Promise<Response | StorageAway> {
  const url = new URL(`${endpoint.replace(/\/+$/, '')}${path}`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const headers = signedHeaders({ method, url, body, at: clock.now() }, region, credentials);
  try {
    const answer = await fetch(url, {
      method,
      headers,
      redirect: 'error',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...(method === 'PUT' && { body: new Uint8Array(body) }),
    });
    if (answer.status < 500 && answer.status !== 429) return answer;
    return refused(method, answer);
  } catch (cause) {
    return new StorageAway(`the file storage did not answer: ${messageOf(cause)}`, { cause });
  }
}

/** Without the body: what a storage writes there can name keys and accounts. */
function refused(what: string, { status }: Response): StorageAway {
  return new StorageAway(`the file storage answered ${status} to ${what}`);
}
