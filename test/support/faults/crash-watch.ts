import { AsyncLocalStorage } from 'node:async_hooks';
import { appendFileSync } from 'node:fs';
import { type CrashPlan, FIRED } from './crash-plan.js';

/** What happens while the watched request is answered is told apart from what the process does beside it. */
export type Scope = 'request' | 'beside';

/**
 * Counts the points that this process passes from the watched request on, and ends the process, as a power cut would,
 * at the one that the plan names. A point passed several times is numbered.
 */
export class CrashWatch {
  private readonly context = new AsyncLocalStorage<true>();
  private readonly passed = new Map<string, number>();
  private isWatching: boolean;

  /** Where no request is to be waited for, what the process does by itself is watched from its start. */
  constructor(private readonly plan: CrashPlan) {
    this.isWatching = plan.watch === '';
  }

  /** Runs what a request sets off; points in it are the request's, the answer's bytes included. */
  begin(work: () => void): void {
    this.isWatching = true;
    this.context.run(true, work);
  }

  inRequest<T>(work: () => T): T {
    return this.context.run(true, work);
  }

  get scope(): Scope {
    return this.context.getStore() ? 'request' : 'beside';
  }

  isWatched(request: string): boolean {
    return this.plan.watch !== '' && new RegExp(this.plan.watch).test(request);
  }

  /** Beside the request only what leaves a trace counts: the process looks for work all the time. */
  pass(name: string, scope: Scope = this.scope): void {
    if (!this.isWatching) return;
    const count = (this.passed.get(`${scope} ${name}`) ?? 0) + 1;
    this.passed.set(`${scope} ${name}`, count);
    const point = `${scope}: ${name}${count > 1 ? ` #${count}` : ''}`;
    const isHere = point === this.plan.at;
    appendFileSync(this.plan.trace, `${isHere ? FIRED : ''}${point}\n`);
    if (isHere) process.kill(process.pid, 'SIGKILL');
  }
}
