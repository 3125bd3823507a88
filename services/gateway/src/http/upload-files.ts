import { createHash } from 'node:crypto';
import multipart from '@fastify/multipart';
import { codeOf } from '@recoup/kernel';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Problem } from './problems.js';

/** A file as it came: its name is whatever the sender wrote. */
export interface SentFile {
  readonly name: string;
  readonly bytes: Buffer;
}

declare module 'fastify' {
  interface FastifyRequest {
    sentFiles: readonly SentFile[] | null;
  }
}

const MEGABYTE = 1024 * 1024;
export const MOST_FILES = 10;
export const LARGEST_FILE = 10 * MEGABYTE;
export const MOST_BYTES = 25 * MEGABYTE;
/** With what stands between the files. */
export const UPLOAD_BODY = MOST_BYTES + MEGABYTE;
/** What is sent, as JSON Schema: files are checked as they stream in, by no schema. */
export const FILES_FORM = {
  type: 'object',
  required: ['files'],
  properties: { files: { type: 'array', items: { type: 'string', format: 'binary' } } },
};
/** Files are held in memory until they are sealed: so many uploads at once, and no more. */
const AT_ONCE = 6;

const TOO_LARGE = { status: 413, code: 'body_too_large' };
const REFUSALS: Readonly<Record<string, string>> = {
  FST_REQ_FILE_TOO_LARGE: `A file may have ${LARGEST_FILE / MEGABYTE} MB at most.`,
};

/**
 * Reads the files of multipart bodies, within limits, before validation: an `Idempotency-Key` then covers what was sent.
 * Only in the scope that it is installed in.
 */
export async function installUploads(scope: FastifyInstance): Promise<void> {
  let underWay = 0;
  await scope.register(multipart, {
    throwFileSizeLimit: true,
    // How many is counted here: the parser stops at its own limits without an end of what it has begun.
    limits: { fileSize: LARGEST_FILE, fieldSize: 1024, parts: 10_000 },
  });
  scope.decorateRequest('sentFiles', null);
  scope.addHook('preValidation', async (request) => {
    if (!request.isMultipart()) {
      const what = { status: 415, code: 'unsupported_media_type' };
      throw new Problem(what, 'Send the files as multipart/form-data.');
    }
    if (underWay >= AT_ONCE) {
      const what = { status: 503, code: 'temporarily_unavailable' };
      throw new Problem(what, 'Many files are being taken at the moment. Please try again.');
    }
    underWay += 1;
    try {
      request.sentFiles = await readFiles(request);
    } finally {
      underWay -= 1;
    }
    request.body = request.sentFiles.map(({ name, bytes }) => [
      name,
      createHash('sha256').update(bytes).digest('hex'),
    ]);
  });
}

async function readFiles(request: FastifyRequest): Promise<SentFile[]> {
  const sent: SentFile[] = [];
  let total = 0;
  try {
    for await (const part of request.files()) {
      if (sent.length === MOST_FILES) {
        throw new Problem(TOO_LARGE, `Send ${MOST_FILES} files at most at once.`);
      }
      const bytes = await bytesOf(part.file as AsyncIterable<Buffer>, MOST_BYTES - total);
      total += bytes.length;
      sent.push({ name: part.filename, bytes });
    }
  } catch (error) {
    // The rest is read and dropped: unread, it would stand before the next request of the same connection.
    request.raw.unpipe();
    request.raw.resume();
    throw refusalOf(error);
  }
  if (sent.length > 0) return sent;
  throw new Problem({ status: 400, code: 'no_file' }, 'Send at least one file, as “files”.');
}

/** The bytes of a file. Throws the 413 for more than may still come. */
async function bytesOf(file: AsyncIterable<Buffer>, atMost: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of file) {
    length += chunk.length;
    if (length > atMost) {
      throw new Problem(TOO_LARGE, `Send ${MOST_BYTES / MEGABYTE} MB at most at once.`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function refusalOf(error: unknown): unknown {
  if (error instanceof Problem) return error;
  const message = REFUSALS[codeOf(error) ?? ''];
  if (message !== undefined) return new Problem(TOO_LARGE, message);
  return new Problem({ status: 400, code: 'bad_request' }, 'The files could not be read.');
}
