import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const SCRIPT = fileURLToPath(new URL('../../dist/amazon-command.js', import.meta.url));

/** Every host name leads to this machine: so a process can call a simulation by the name of Amazon's own hosts. */
const ALL_HOSTS_ARE_HERE = `--import=data:text/javascript,${encodeURIComponent(
  "import dns from 'node:dns'; const own = dns.lookup; dns.lookup = (_, options, done) => own('127.0.0.1', options, done);",
)}`;

const reportSchema = z.object({
  staticSandbox: z.boolean(),
  steps: z.array(z.object({ name: z.string(), ok: z.boolean(), words: z.string() })),
  marketplaces: z.array(z.object({ id: z.string() })),
  findings: z.array(
    z.object({
      operation: z.string(),
      state: z.string(),
      roles: z.array(z.string()),
      rateLimit: z.number().nullable(),
      words: z.string(),
    }),
  ),
  readable: z.array(z.string()),
  blocked: z.array(z.string()),
  unknown: z.array(z.string()),
  ok: z.boolean(),
});

export interface CommandEnd {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** What `--json` prints. Throws where that is not what was printed. */
  report(): z.infer<typeof reportSchema>;
}

interface CommandOptions {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly everyHostIsHere?: boolean;
}

/** Runs `npm run amazon`'s program to its end. */
export function runAmazonCommand({
  args,
  env,
  input = '',
  everyHostIsHere = false,
}: CommandOptions): Promise<CommandEnd> {
  const { PATH = '' } = process.env;
  const node = everyHostIsHere ? { NODE_OPTIONS: ALL_HOSTS_ARE_HERE } : {};
  const child = spawn(process.execPath, [SCRIPT, ...args], { env: { PATH, ...node, ...env } });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  // A command that ends before it reads leaves the pipe without a reader.
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code, stdout, stderr, report: () => reportSchema.parse(JSON.parse(stdout)) });
    });
  });
}
