import { once } from 'node:events';
import { get as getPlainly, type IncomingMessage } from 'node:http';
import { get as getSecurely } from 'node:https';
import { TextDecoder } from 'node:util';
import { createGunzip } from 'node:zlib';
import { deadline } from '@recoup/kernel';
import { UnexpectedAnswer } from './errors.js';
import { isDocumentHost } from './document-host.js';
import type { ReportDocument } from './reports.js';
import { tabSeparated, type ReportRow } from './tab-separated.js';
import { USER_AGENT } from './user-agent.js';

/** A large report may take minutes; one that hangs must not hold its window for ever. */
const TIMEOUT_MS = 10 * 60_000;
/** A connection that a router has forgotten tells nobody: one on which nothing comes any more is given up. */
const SILENCE_MS = 30_000;

export interface DownloadOptions {
  /** The configured SP-API endpoint, whose own origin may serve documents too. */
  readonly endpoint: string | undefined;
  readonly signal: AbortSignal;
  /** After how many milliseconds in which nothing comes a connection is given up; half a minute, unless told. */
  readonly silenceMs?: number;
}

/**
 * The rows of a report document, streamed: fetched without a token, unpacked, decoded as its content type says. Throws
 * UnexpectedAnswer for a host that is not Amazon's, an unknown charset or what is no table, and what the connection or the
 * unpacking throws: a document that is shorter than announced, or packed and torn, is an error and never a shorter report.
 */
export async function* reportRows(
  document: ReportDocument,
  options: DownloadOptions,
): AsyncGenerator<ReportRow> {
  yield* tabSeparated(await documentText(document, options));
}

/** The beginning of a document as text, for one that says in words why there is no report. Throws as reportRows does. */
export async function documentBeginning(
  document: ReportDocument,
  options: DownloadOptions,
  length: number,
): Promise<string> {
  let text = '';
  for await (const chunk of await documentText(document, options)) {
    text += chunk;
    if (text.length >= length) break;
  }
  return text.slice(0, length);
}

async function documentText(
  document: ReportDocument,
  { endpoint, signal, silenceMs = SILENCE_MS }: DownloadOptions,
): Promise<AsyncIterable<string>> {
  const url = new URL(document.url);
  if (!isDocumentHost(url, endpoint)) {
    throw new UnexpectedAnswer(`a report document at ${url.host}, which is not a host of Amazon`);
  }
  const response = await fetched(url, { signal, timeout: silenceMs });
  const { statusCode, headers } = response;
  if (statusCode !== 200) {
    response.destroy();
    throw new Error(`the report document was answered with HTTP ${statusCode}`);
  }
  if (/^text\/html\b/i.test(headers['content-type'] ?? '')) {
    response.destroy();
    throw new UnexpectedAnswer('a web page in place of a report document');
  }
  const encoding = headers['content-encoding'] ?? 'identity';
  // Whether the file or its transfer is called packed, its bytes are packed once.
  const packed = encoding === 'gzip' || document.compressionAlgorithm === 'GZIP';
  return decoded(packed ? unpacked(response) : response, charsetOf(headers['content-type']));
}

/** Not by `fetch`: that unpacks a content encoding itself, and takes one that is torn for one that ended. */
async function fetched(
  url: URL,
  options: { readonly signal: AbortSignal; readonly timeout: number },
): Promise<IncomingMessage> {
  const get = url.protocol === 'https:' ? getSecurely : getPlainly;
  const limit = deadline(TIMEOUT_MS, options.signal);
  const headers = { 'user-agent': USER_AGENT };
  const request = get(url, { timeout: options.timeout, signal: limit.signal, headers });
  request.once('close', () => limit[Symbol.dispose]());
  const silent = (): void => {
    request.destroy(new Error(`the report document was silent for ${options.timeout / 1000} s`));
  };
  request.once('timeout', silent);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  request.off('timeout', silent).on('timeout', () => {
    // What has come and was not taken yet: rows are being stored, and that is no silence of theirs.
    if (response.readableLength === 0) silent();
  });
  // The next read throws what happens between two reads; unheard until then, it would end the process.
  request.on('error', (error) => response.destroy(error));
  response.on('error', () => undefined);
  return response;
}

async function* unpacked(body: IncomingMessage): AsyncGenerator<Uint8Array> {
  const gunzip = createGunzip();
  body.on('error', (error) => gunzip.destroy(error));
  try {
    yield* body.pipe(gunzip) as AsyncIterable<Uint8Array>;
  } finally {
    body.destroy();
  }
}

/** Reports of some marketplaces come as ISO-8859-1 or Shift_JIS; only the header tells. */
function charsetOf(contentType: string | undefined): string {
  return /charset="?([\w:.-]+)"?/i.exec(contentType ?? '')?.[1] ?? 'utf-8';
}

async function* decoded(
  chunks: AsyncIterable<Uint8Array>,
  charset: string,
): AsyncGenerator<string> {
  let decoder: TextDecoder | null = null;
  let head: Uint8Array = new Uint8Array();
  for await (const chunk of chunks) {
    if (decoder) {
      yield decoder.decode(chunk, { stream: true });
      continue;
    }
    head = Buffer.concat([head, chunk]);
    if (head.length < LONGEST_MARK) continue;
    decoder = decoderOf(markedCharset(head) ?? charset);
    yield decoder.decode(head, { stream: true });
  }
  yield decoder ? decoder.decode() : decoderOf(markedCharset(head) ?? charset).decode(head);
}

const LONGEST_MARK = 3;

/** A byte order mark says more than the header, which for UTF-16 does not name the order. */
function markedCharset(head: Uint8Array): string | null {
  const [a, b, c] = head;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  return null;
}

function decoderOf(charset: string): TextDecoder {
  try {
    return new TextDecoder(charset);
  } catch (cause) {
    throw new UnexpectedAnswer(`a report in the unknown charset ${charset}`, { cause });
  }
}
