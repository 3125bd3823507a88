/** Amazon keeps report documents in its object storage; nothing else is fetched from an address in an answer. */
const AMAZON_HOST = /(^|\.)(amazonaws\.com|amazon\.com)$/;

/**
 * Whether a report document may be fetched from there: from Amazon's own hosts by https, or from the origin of the
 * configured endpoint. Otherwise an answer could make this service fetch any address of the network it runs in.
 */
export function isDocumentHost(url: URL, endpoint: string | undefined): boolean {
  if (endpoint !== undefined && url.origin === new URL(endpoint).origin) return true;
  return url.protocol === 'https:' && url.port === '' && AMAZON_HOST.test(url.hostname);
}
