import { addAbortSignal, Readable } from 'node:stream';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  PutObjectCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { messageOf } from '@recoup/kernel';
import { checkedKey, StorageAway, type FileStorage } from './file-storage.js';

export interface S3Options {
  /** Where buckets are addressed by path, such as `https://minio.example`; null for Amazon's own of the region. */
  readonly endpoint: string | null;
  readonly region: string;
  readonly bucket: string;
  /** Before every key, with its slash; empty for none. */
  readonly prefix: string;
  readonly credentials: S3Credentials;
}

export interface S3Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | null;
}

/** All that is asked here may be asked twice. */
const TRIES = 3;
/** A whole file of the largest size at a slow megabit is far below, in milliseconds; for a try, and for its body. */
const TIMEOUT_MS = 60_000;
const CONNECT_MS = 5_000;

/**
 * Files in a bucket that speaks S3. `put` replaces an object as a whole and lists show it at once (Amazon S3 data
 * consistency model, since December 2020). In a bucket that keeps versions, forgotten files remain as old versions: without
 * their key nobody can read them.
 */
export function openS3Storage(options: S3Options): FileStorage {
  const { bucket: Bucket, prefix } = options;
  const client = clientOf(options);
  const keyOf = (key: string): string => `${prefix}${checkedKey(key)}`;
  const remove = (Key: string): Promise<unknown> =>
    client.send(new DeleteObjectCommand({ Bucket, Key })).catch(nullIfAbsent('delete'));
  const keysAt = async (Prefix: string): Promise<string[]> => {
    const list = new ListObjectsV2Command({ Bucket, Prefix });
    const { Contents = [] } = await client.send(list).catch(away('list'));
    return Contents.flatMap(({ Key }) => Key ?? []);
  };
  return {
    async put(key, bytes) {
      const Body = new Uint8Array(bytes);
      const put = new PutObjectCommand({ Bucket, Key: keyOf(key), Body });
      await client.send(put).catch(away('put'));
    },
    async get(key) {
      const get = new GetObjectCommand({ Bucket, Key: keyOf(key) });
      const answer = await client.send(get).catch(nullIfAbsent('get'));
      return answer && bytesOf(answer.Body).catch(away('get'));
    },
    async forget(key) {
      const below = `${keyOf(key)}/`;
      await remove(keyOf(key));
      // A list holds a thousand at most: what is left comes with the next one.
      for (let keys = await keysAt(below); keys.length > 0; keys = await keysAt(below)) {
        for (const name of keys) await remove(name);
      }
    },
  };
}

/**
 * Whatever the SDK would look up by itself is given: with credentials and modes that are set it asks neither its chain of
 * providers nor the machine's metadata service, and calls nobody but the bucket. What is put is signed with its digest and
 * sealed, so that further checksums, which not every server takes, prove nothing more.
 */
function clientOf({ endpoint, region, credentials }: S3Options): S3Client {
  const { accessKeyId, secretAccessKey, sessionToken } = credentials;
  return new S3Client({
    ...(endpoint !== null && { endpoint }),
    region,
    forcePathStyle: true,
    credentials: { accessKeyId, secretAccessKey, ...(sessionToken !== null && { sessionToken }) },
    defaultsMode: 'standard',
    retryMode: 'standard',
    maxAttempts: TRIES,
    disableS3ExpressSessionAuth: true,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: {
      connectionTimeout: CONNECT_MS,
      requestTimeout: TIMEOUT_MS,
      throwOnRequestTimeout: true,
    },
  });
}

/** A server that stops in the middle of a file is given up: the time limit of the request ends with its headers. */
async function bytesOf(body: unknown): Promise<Uint8Array> {
  if (!(body instanceof Readable)) throw new Error('an answer without a body');
  const pieces: Uint8Array[] = [];
  for await (const piece of addAbortSignal(AbortSignal.timeout(TIMEOUT_MS), body)) {
    pieces.push(piece as Uint8Array);
  }
  return Buffer.concat(pieces);
}

const nullIfAbsent =
  (what: string) =>
  (error: unknown): null => {
    if (error instanceof NoSuchKey) return null;
    return away(what)(error);
  };

/** Without what a storage says: that can name keys and accounts. */
const away =
  (what: string) =>
  (error: unknown): never => {
    if (error instanceof S3ServiceException) {
      const { httpStatusCode: status } = error.$metadata;
      throw new StorageAway(`the file storage answered ${status ?? 'nothing'} to ${what}`);
    }
    throw new StorageAway(`the file storage did not answer: ${messageOf(error)}`, { cause: error });
  };
