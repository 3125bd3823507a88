import type { FastifyReply } from 'fastify';

/** How a name may stand in a header: RFC 6266 with RFC 8187, and for old readers what of it is plain. */
export function contentDisposition(how: 'inline' | 'attachment', name: string): string {
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${how}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

export interface ServedFile {
  readonly name: string;
  readonly mediaType: string;
  readonly how: 'inline' | 'attachment';
  /** Who may show it in a frame, as a source list. */
  readonly frames: string;
}

/**
 * Serves bytes that somebody sent: as what they are and nothing else, kept nowhere, without a script, a form or a request to
 * anybody. A PDF that is shown has no sandbox: browsers show none in one, and it was taken only without anything that acts.
 */
export function setFileHeaders(
  reply: Pick<FastifyReply, 'headers' | 'removeHeader'>,
  { name, mediaType, how, frames }: ServedFile,
): void {
  const shownPdf = how === 'inline' && mediaType === 'application/pdf';
  const policy = [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    "img-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${frames}`,
    ...(shownPdf ? ["object-src 'self'"] : ['sandbox']),
  ].join('; ');
  reply.removeHeader('x-frame-options'); // the policy says who may frame it; the older header knows no list
  reply.headers({
    'content-type': mediaType,
    'content-disposition': contentDisposition(how, name),
    'content-security-policy': policy,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    'cross-origin-resource-policy': 'same-site',
  });
}
