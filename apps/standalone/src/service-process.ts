import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { ServiceName } from '#contracts';
import { type Log, variableName } from '#service';

type Variables = Readonly<Record<string, string>>;

const AGAIN_AFTER_MS = 500;
/** Of what it said last, for the error that it ended with. */
const LAST_LINES = 20;

/**
 * One service as a process of its own. Should it end it is started again, at the same port, for its record is in
 * Postgres. It ends with this process, however that ends.
 */
export class ServiceProcess {
  private child: ChildProcess | undefined;
  private isStopping = false;

  constructor(
    private readonly name: ServiceName,
    private variables: Variables,
    private readonly log: Log,
  ) {}

  /** Resolves to its address once it answers. Throws an Error with its last words when it ends before that. */
  async start(): Promise<string> {
    const child = spawnService(this.name, this.variables);
    this.child = child;
    const ended = new Promise<void>((done) => child.once('exit', () => done()));
    const address = await answering(this.name, child, this.log);
    this.variables = { ...this.variables, [variableName('port')]: new URL(address).port };
    void ended.then(() => this.again());
    return address;
  }

  /** Lets it finish what it does; resolves when its process has gone. */
  async stop(): Promise<void> {
    this.isStopping = true;
    const child = this.child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise<void>((done) => child.once('exit', () => done()));
    child.kill('SIGTERM');
    await ended;
  }

  private async again(): Promise<void> {
    while (!this.isStopping) {
      const { exitCode, signalCode } = this.child!;
      this.log.error({ name: this.name, exitCode, signalCode }, 'a service ended; it is started again');
      await sleep(AGAIN_AFTER_MS);
      if (this.isStopping) return;
      try {
        await this.start();
        return;
      } catch (error) {
        this.log.error({ name: this.name, error }, 'a service did not start');
      }
    }
  }
}

/** `cat` holds the shell until the pipe to us closes; then the service gets five seconds to finish. */
function spawnService(name: ServiceName, variables: Variables): ChildProcess {
  const main = fileURLToPath(new URL(`../../${name}/src/main.js`, import.meta.url));
  const child = spawn(process.execPath, ['--enable-source-maps', main], {
    env: variables,
    stdio: ['ignore', 'ignore', 'pipe'],
    // Ctrl-C in the terminal reaches us alone: we stop the services in their order.
    detached: true,
  });
  const script = 'cat >/dev/null; kill -TERM "$0" && sleep 5 && kill -KILL "$0"';
  const watcher = spawn('/bin/sh', ['-c', script, String(child.pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  });
  watcher.on('error', () => undefined);
  watcher.stdin.on('error', () => undefined);
  watcher.unref();
  child.once('exit', () => {
    watcher.kill('SIGKILL');
    watcher.stdin.destroy();
  });
  return child;
}

/** Its log says when it is ready, and goes on in ours as far as our level wants it. */
function answering(name: ServiceName, child: ChildProcess, log: Log): Promise<string> {
  return new Promise((done, failed) => {
    const last: string[] = [];
    child.once('error', failed);
    child.once('close', (code, signal) => {
      failed(new Error(`${name} ended with ${code ?? signal}: ${last.join('\n')}`));
    });
    createInterface({ input: child.stderr! }).on('line', (line) => {
      last.push(line);
      if (last.length > LAST_LINES) last.shift();
      const found = /"address":"(http:[^"]+)","msg":"ready"/.exec(line);
      if (found) done(found[1]!);
      const level = /^\{"level":(\d+),/.exec(line)?.[1];
      const isWanted = level === undefined || parseInt(level, 10) >= log.levelVal;
      if (isWanted && log.level !== 'silent') process.stderr.write(`${line}\n`);
    });
  });
}
