import { execFile, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv, promisify } from 'node:util';
import { newInstallation } from '@recoup/deploy';
import { freePort } from '@recoup/local';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const run = promisify(execFile);

/** The whole system as `docker compose up` runs it, with a simulated Amazon. */
export interface Composed extends AsyncDisposable {
  readonly origin: string;
  readonly sandboxOrigin: string;
  /** What `.env` says. */
  readonly settings: Readonly<Record<string, string>>;
  /** Runs `docker compose` for it, and answers what it printed. Its error says what it complained of. */
  compose(...args: readonly string[]): Promise<string>;
}

/** Whether a Docker engine answers, and compose is there. */
export function engineAnswers(): boolean {
  const asked = [['info'], ['compose', 'version']];
  return asked.every((args) => spawnSync('docker', args, { timeout: 20_000 }).status === 0);
}

/** Builds the images and starts all of it from a copy of the checkout, under a name and on ports of its own. */
export async function composeUp({ orders }: { orders: number }): Promise<Composed> {
  const folder = mkdtempSync(join(tmpdir(), 'recoup-compose-'));
  const foreign = ['node_modules', 'dist', '.turbo', '.git', '.env', 'secrets', '.recoup'];
  const isOurs = (path: string): boolean => path === ROOT || !foreign.includes(basename(path));
  cpSync(ROOT, folder, { recursive: true, filter: isOurs });
  const { settings: file } = newInstallation({ root: folder, sandbox: true });
  const [port, sandboxPort] = [await freePort(), await freePort()];
  const [origin, sandboxOrigin] = [`http://localhost:${port}`, `http://localhost:${sandboxPort}`];
  const env = {
    ...process.env,
    GATEWAY_PUBLISHED: `127.0.0.1:${port}`,
    SANDBOX_PUBLISHED: `127.0.0.1:${sandboxPort}`,
    SANDBOX_ORDERS: String(orders),
    OAUTH_REDIRECT_URI: `${origin}/api/v1/integrations/amazon/auth/callback`,
    AMAZON_CONSENT_URL: `${sandboxOrigin}/apps/authorize/consent`,
  };
  const project = basename(folder).toLowerCase();
  const compose = async (...args: readonly string[]): Promise<string> => {
    const options = { cwd: folder, env, maxBuffer: 64 << 20 };
    return (await run('docker', ['compose', '-p', project, ...args], options)).stdout;
  };
  const composed: Composed = {
    ...{ origin, sandboxOrigin, compose },
    settings: parseEnv(readFileSync(file, 'utf8')) as Record<string, string>,
    async [Symbol.asyncDispose]() {
      await compose('down', '--volumes', '--timeout', '20');
      rmSync(folder, { recursive: true, force: true });
    },
  };
  try {
    await compose('up', '--build', '--wait', '--quiet-pull');
    return composed;
  } catch (error) {
    const said = await compose('logs', '--no-color', '--tail', '40').catch(() => '');
    await composed[Symbol.asyncDispose]();
    throw new Error(`docker compose up failed; last logs:\n${said}`, { cause: error });
  }
}
