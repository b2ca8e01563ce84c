import { execFile } from 'node:child_process';
import { join } from 'node:path';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs a compiled program of this checkout to its end. */
export function runProgram(app: string, args: readonly string[]): Promise<Ran> {
  const program = join(process.cwd(), `dist/apps/${app}/src/main.js`);
  return new Promise((done) => {
    const environment = { ...process.env, NODE_OPTIONS: '' };
    const options = { encoding: 'utf8' as const, env: environment, maxBuffer: 64 * 1024 * 1024 };
    execFile(process.execPath, [program, ...args], options, (error, out, err) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : 1;
      done({ code, out, err });
    });
  });
}
