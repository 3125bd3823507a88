import type { Browser } from './browser.js';

/** Notes all that a browser is answered from now on, streams as well; answers what it was so far. */
export function listenTo(browser: Browser): () => string {
  const heard: string[] = [];
  const request = browser.request.bind(browser);
  browser.request = async (url, init) => {
    const response = await request(url, init);
    heard.push(JSON.stringify([...response.headers]));
    // A stream that is hung up on ends this reading too; what came until then is noted.
    void drain(response.clone(), heard).catch(() => undefined);
    return response;
  };
  return () => heard.join('\n');
}

async function drain(response: Response, into: string[]): Promise<void> {
  const text = new TextDecoder();
  for await (const chunk of response.body ?? []) into.push(text.decode(chunk, { stream: true }));
}
