import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { codeOf, newName } from '@recoup/kernel';
import { errorBody } from './errors.js';

const REFUSALS: Readonly<Record<string, { status: number; code: string; message: string }>> = {
  HPE_HEADER_OVERFLOW: {
    status: 431,
    code: 'headers_too_large',
    message: 'The request headers are too large.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    status: 408,
    code: 'request_timeout',
    message: 'The request took too long to arrive.',
  },
};

const UNREADABLE = {
  status: 400,
  code: 'bad_request',
  message: 'The request could not be read.',
};

/** Answers what is no HTTP, or too much of it, in the shape of every other failure. No route ever sees such a request. */
export function answerClientError(error: Error, socket: Socket): void {
  const code = codeOf(error);
  if (code === 'ECONNRESET' || socket.destroyed) return;
  const { status, ...refusal } = REFUSALS[code ?? ''] ?? UNREADABLE;
  const body = JSON.stringify(errorBody({ ...refusal, requestId: newName('req') }));
  if (socket.writable) {
    socket.write(
      `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n` +
        `Content-Length: ${Buffer.byteLength(body)}\r\n` +
        'Content-Type: application/json\r\nX-Content-Type-Options: nosniff\r\n' +
        `Referrer-Policy: no-referrer\r\nCache-Control: no-store\r\nConnection: close\r\n\r\n${body}`,
    );
  }
  socket.destroySoon();
}
