import { Readable } from 'node:stream';
import { TextDecoder } from 'node:util';
import { createGunzip } from 'node:zlib';
import { UnexpectedAnswer } from './errors.js';
import { isDocumentHost } from './document-host.js';
import type { ReportDocument } from './reports.js';
import { tabSeparated, type ReportRow } from './tab-separated.js';
import { USER_AGENT } from './user-agent.js';

/** A large report may take minutes; one that hangs must not hold its window for ever. */
const TIMEOUT_MS = 10 * 60_000;

export interface DownloadOptions {
  /** The configured SP-API endpoint, whose own origin may serve documents too. */
  readonly endpoint: string | undefined;
  readonly signal: AbortSignal;
}

/**
 * The rows of a report document, streamed: fetched without a token, unpacked, decoded as its content type says. Throws
 * UnexpectedAnswer for a host that is not Amazon's or an unknown charset, and what fetch or the unpacking throws.
 */
export async function* reportRows(
  document: ReportDocument,
  { endpoint, signal }: DownloadOptions,
): AsyncGenerator<ReportRow> {
  const url = new URL(document.url);
  if (!isDocumentHost(url, endpoint)) {
    throw new UnexpectedAnswer(`a report document at ${url.host}, which is not a host of Amazon`);
  }
  const response = await fetch(url, {
    redirect: 'error',
    headers: { 'user-agent': USER_AGENT },
    signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
  });
  if (!response.ok || !response.body) {
    await response.body?.cancel();
    throw new Error(`the report document was answered with HTTP ${response.status}`);
  }
  const decoder = decoderOf(response.headers.get('content-type'));
  yield* tabSeparated(decoded(unpacked(document, response), decoder));
}

function unpacked(document: ReportDocument, response: Response): AsyncIterable<Uint8Array> {
  const body = Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]);
  // With a content encoding fetch has unpacked it already.
  const packed =
    document.compressionAlgorithm === 'GZIP' && !response.headers.has('content-encoding');
  if (!packed) return body;
  const gunzip = createGunzip();
  body.on('error', (error) => gunzip.destroy(error));
  return body.pipe(gunzip);
}

/** Reports of some marketplaces come as ISO-8859-1 or Shift_JIS; only the header tells. */
function decoderOf(contentType: string | null): TextDecoder {
  const charset = /charset="?([\w:.-]+)"?/i.exec(contentType ?? '')?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset);
  } catch (cause) {
    throw new UnexpectedAnswer(`a report in the unknown charset ${charset}`, { cause });
  }
}

async function* decoded(
  chunks: AsyncIterable<Uint8Array>,
  decoder: TextDecoder,
): AsyncGenerator<string> {
  for await (const chunk of chunks) yield decoder.decode(chunk, { stream: true });
  yield decoder.decode();
}
