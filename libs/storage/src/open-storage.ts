import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import type { FileStorage } from './file-storage.js';
import { openFolderStorage } from './folder-storage.js';
import { openS3Storage } from './s3-storage.js';

/** Settings of whoever opens the storage. Credentials are needed for a bucket alone. */
export const storageSettings = {
  /** `file:///absolute/folder`, or `s3://bucket/prefix?endpoint=https://…&region=…`. */
  STORAGE_URL: z
    .string()
    .refine(isStorageUrl, 'must be file:///folder or s3://bucket?endpoint=…&region=…')
    .optional(),
  AWS_ACCESS_KEY_ID: z.string().min(1).optional(),
  AWS_SECRET_ACCESS_KEY: z.string().min(1).optional(),
  AWS_SESSION_TOKEN: z.string().min(1).optional(),
} as const;

export type StorageSettings = {
  readonly [K in keyof typeof storageSettings]?: z.infer<(typeof storageSettings)[K]>;
};

/** Names of buckets and prefixes as Amazon's rules for general purpose buckets have them, letters in lower case. */
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const PREFIX = /^(?:\/[a-z0-9_-]+)*\/?$/;

function isStorageUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  if (url.protocol === 'file:') return /^file:\/\/\/./.test(text);
  if (url.protocol !== 's3:') return false;
  const endpoint = url.searchParams.get('endpoint');
  const speaksHttp =
    endpoint === null || (URL.canParse(endpoint) && /^https?:$/.test(new URL(endpoint).protocol));
  return BUCKET.test(url.host) && PREFIX.test(url.pathname) && speaksHttp;
}

/** Opens the storage of the settings; null where none is set up. Throws for one that is set up in part. */
export function openStorage(settings: StorageSettings): FileStorage | null {
  return settings.STORAGE_URL === undefined
    ? null
    : openFiles(new URL(settings.STORAGE_URL), settings);
}

function openFiles(url: URL, settings: StorageSettings): FileStorage {
  if (url.protocol === 'file:') return openFolderStorage(fileURLToPath(url));
  const { AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN } = settings;
  if (AWS_ACCESS_KEY_ID === undefined || AWS_SECRET_ACCESS_KEY === undefined) {
    throw new Error('STORAGE_URL names a bucket: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY');
  }
  const prefix = url.pathname.replaceAll(/^\/+|\/+$/g, '');
  return openS3Storage({
    endpoint: url.searchParams.get('endpoint'),
    region: url.searchParams.get('region') ?? 'us-east-1',
    bucket: url.host,
    prefix: prefix === '' ? '' : `${prefix}/`,
    credentials: {
      accessKeyId: AWS_ACCESS_KEY_ID,
      secretAccessKey: AWS_SECRET_ACCESS_KEY,
      sessionToken: AWS_SESSION_TOKEN ?? null,
    },
  });
}
