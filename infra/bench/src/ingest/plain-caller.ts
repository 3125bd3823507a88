import { CLIENT, refreshTokenOf } from './simulated-amazon.js';

export type Row = Readonly<Record<string, unknown>>;

/** One call and its JSON: GET, or POST where there is a body. Throws for whatever is not a success. */
export type Get = (path: string, body?: Row) => Promise<Row>;

/** Calls of a script that has got an access token once: it is good for an hour. */
export async function plainCaller(origin: string): Promise<Get> {
  const token = await accessToken(origin);
  return async (path, body) => {
    const answer = await fetch(origin + path, {
      method: body ? 'POST' : 'GET',
      headers: {
        'x-amz-access-token': token,
        'user-agent': 'plain/1.0 (Language=TypeScript)',
        'content-type': 'application/json',
      },
      body: body ? JSON.stringify(body) : null,
    });
    if (!answer.ok) throw new Error(`${path}: HTTP ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Row;
  };
}

async function accessToken(origin: string): Promise<string> {
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: await refreshTokenOf(origin),
    client_id: CLIENT.LWA_CLIENT_ID,
    client_secret: CLIENT.LWA_CLIENT_SECRET,
  });
  const answer = await fetch(`${origin}/auth/o2/token`, { method: 'POST', body });
  return ((await answer.json()) as { access_token: string }).access_token;
}
