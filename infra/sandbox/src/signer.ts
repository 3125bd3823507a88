import { createHmac, timingSafeEqual } from 'node:crypto';

/** Makes texts that only this sandbox can have made. Nothing is remembered: a restart invalidates none of them. */
export interface Signer {
  /** A value as URL-safe text with its seal. The purpose keeps a text of one kind from passing as another. */
  seal(purpose: string, value: unknown): string;
  /** What was sealed; undefined when the text is not ours, or of another purpose. */
  open(purpose: string, text: string): unknown;
}

export function signer(key: Buffer): Signer {
  const mac = (purpose: string, body: string) =>
    createHmac('sha256', key).update(`${purpose}\n${body}`).digest().subarray(0, 18);
  return {
    seal: (purpose, value) => {
      const body = Buffer.from(JSON.stringify(value)).toString('base64url');
      return `${body}.${mac(purpose, body).toString('base64url')}`;
    },
    open: (purpose, text) => {
      const [body = '', given = '', ...more] = text.split('.');
      const expected = mac(purpose, body);
      const bytes = Buffer.from(given, 'base64url');
      if (more.length > 0 || bytes.length !== expected.length) return undefined;
      if (!timingSafeEqual(bytes, expected)) return undefined;
      return JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as unknown;
    },
  };
}
