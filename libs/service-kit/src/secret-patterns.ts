const REDACTED = '[redacted]';

/** How secrets look wherever they stand: in a message, an address, a stack, the words of another program. */
const FORMS: readonly (readonly [RegExp, string])[] = [
  // Login with Amazon's refresh and access tokens, and client secrets of applications.
  [/\bAtz(?:[a-z]|\.sprdt)(?:\||%7C)[\w.~+/=%-]+/gi, REDACTED],
  [/\bamzn1\.oa2-cs\.v?[\w.-]+/gi, REDACTED],
  // Signed tokens, and the keys of Standard Webhooks.
  [/\beyJ[\w-]+\.[\w-]*\.[\w-]*/g, REDACTED],
  [/\bwhsec_[\w+/=-]+/g, REDACTED],
  [/\b(bearer|basic)\s+[\w.~+/=|-]{8,}/gi, `$1 ${REDACTED}`],
  // Who signs in at an address: postgres://user:password@host.
  [/\b([a-z][\w+.-]*:\/\/[^\s:/@"\\]*):[^\s/@"\\]+@/gi, `$1:${REDACTED}@`],
  // What an address, a form or a connection string gives to be let in.
  [
    /\b((?:[\w-]*(?:token|secret|password|signature)|spapi_oauth_code|code_verifier)=)[^\s&"'\\;]+/gi,
    `$1${REDACTED}`,
  ],
  [/\b(x-amz-(?:credential|security-token|signature)=)[^\s&"'\\]+/gi, `$1${REDACTED}`],
];

/** Text without what has the form of a secret. */
export function withoutSecrets(text: string): string {
  return FORMS.reduce((rest, [form, instead]) => rest.replace(form, instead), text);
}
