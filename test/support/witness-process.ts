import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { join } from 'node:path';

const PROGRAM = join(process.cwd(), 'dist/apps/witness/src/main.js');

export interface WitnessFiles {
  readonly name: string;
  readonly logs: string;
  readonly key: string;
  readonly data: string;
}

/** The compiled program as a process of its own. */
export class WitnessProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly address: string,
    readonly verifierKey: string,
  ) {}

  /** Throws an Error with its last words where it does not start. */
  static async start(
    { name, logs, key, data }: WitnessFiles,
    more: readonly string[] = [],
  ): Promise<WitnessProcess> {
    const args = ['--name', name, '--logs', logs, '--key', key, '--data', data, '--port', '0', ...more];
    const child = spawn(process.execPath, [PROGRAM, ...args], {
      env: { ...process.env, NODE_OPTIONS: '' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let words = '';
    child.stderr.on('data', (chunk: Buffer) => (words += chunk.toString()));
    for await (const line of createInterface({ input: child.stdout })) {
      const said = /answers at (\S+); its key is (\S+)$/.exec(line);
      if (said) return new WitnessProcess(child, said[1]!, said[2]!);
    }
    throw new Error(words);
  }

  /** Resolves once the system has taken everything back that it held. */
  kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return Promise.resolve();
    return new Promise((ended) => {
      this.child.once('exit', () => ended());
      this.child.kill(signal);
    });
  }
}
