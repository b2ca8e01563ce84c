/** What a process of the platform is told to watch in itself, and where to end. */
export interface CrashPlan {
  /** A request is watched when this pattern is found in `METHOD url`, and the header below is sent with it. */
  readonly watch: string;
  /** The point at which the process ends itself; left out where points are only listed. */
  readonly at?: string;
  /** Every point that is passed is written here, a line each; the one that ended the process last, with a mark. */
  readonly trace: string;
  /** The process loads the platform's code and goes on when this file is there. */
  readonly waitsFor?: string;
}

/** Of the request that is watched. A client that repeats it leaves this out. */
export const WATCHED_HEADER = 'x-crash-watched';
/** Holds the plan in JSON. */
export const PLAN_VARIABLE = 'SUNSEAL_TEST_CRASH';
export const FIRED = 'fired: ';

/** Variables with which a process of the platform follows a plan. */
export function crashEnvironment(plan: CrashPlan): Readonly<Record<string, string>> {
  const preload = new URL('crash-preload.js', compiledFolder()).href;
  return { NODE_OPTIONS: `--no-warnings --import ${preload}`, [PLAN_VARIABLE]: JSON.stringify(plan) };
}

const compiledFolder = (): URL => new URL(`file://${process.cwd()}/dist/test/support/faults/`);
