import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface PlatformProcessOptions {
  readonly dataDir: string;
  readonly clockFactor: number;
  readonly overNats: boolean;
  readonly isFresh: boolean;
  readonly port?: number;
  /** The compiled standalone program; beside this one unless given. */
  readonly program?: string;
  /** Where the platform's log goes; this program's standard error unless given. */
  readonly onLog?: (text: string) => void;
  /** Variables of its own beside this program's. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface PlatformProcess {
  readonly address: string;
  readonly administrator: { readonly login: string; readonly password: string };
  readonly process: ChildProcess;
  stop(): Promise<void>;
}

const STANDALONE = fileURLToPath(new URL('../../../standalone/src/main.js', import.meta.url));
const START_WITHIN_MS = 120_000;

/** Starts the platform as a program of its own and waits until it says where it answers. */
export async function startPlatform(options: PlatformProcessOptions): Promise<PlatformProcess> {
  const { dataDir, clockFactor, overNats, isFresh, port = 0, program = STANDALONE, onLog } = options;
  const args = ['--data', dataDir, '--port', String(port), '--clock', String(clockFactor)];
  if (!onLog) args.push('--log', 'error');
  if (overNats) args.push('--nats');
  if (isFresh) args.push('--fresh');
  const variables = Object.entries(options.environment ?? {}).map(([name, value]) => `${name}=${value}`);
  const node = [process.execPath, '--enable-source-maps', program, ...args];
  const [command, ...rest] = variables.length > 0 ? ['env', ...variables, ...node] : node;
  const child = spawn(command!, rest, {
    stdio: ['ignore', 'pipe', onLog ? 'pipe' : 'inherit'],
  });
  child.stderr?.on('data', (chunk: Buffer) => onLog?.(chunk.toString()));
  const address = await addressFrom(child);
  const administrator = JSON.parse(readFileSync(join(dataDir, 'keys', 'administrator.json'), 'utf8')) as {
    login: string;
    password: string;
  };
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  return {
    address,
    administrator,
    process: child,
    stop: async () => {
      child.kill('SIGTERM');
      await ended;
    },
  };
}

function addressFrom(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const timer = setTimeout(
      () => reject(new Error(`the platform did not start within ${START_WITHIN_MS} ms`)),
      START_WITHIN_MS,
    );
    child.once('exit', (code) => reject(new Error(`the platform ended with ${code} before it answered`)));
    child.stdout!.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      const found = /answers at (http:\/\/\S+)/.exec(said);
      if (!found) return;
      clearTimeout(timer);
      resolve(found[1]!);
    });
  });
}
