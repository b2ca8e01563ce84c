import { Worker } from 'node:worker_threads';
import { DomainError } from '#kernel';
import { METHOD_TRIAL_LIMITS } from '#contracts';
import type { Trial, TrialAnswer } from '../domain/try-method.js';

/** What the worker tells: the answer, or a refusal as data, since errors lose their class on the way. */
export type TrialReport =
  | { readonly answer: TrialAnswer }
  | {
      readonly refusal: {
        readonly code: string;
        readonly message: string;
        readonly details: Readonly<Record<string, unknown>>;
      };
    };

const { trialMsMax, trialMemoryMibMax, trialsMax } = METHOD_TRIAL_LIMITS;
const WORKER = new URL('./try-method.worker.js', import.meta.url);

let running = 0;

/**
 * Runs a trial in a worker, so that the service which closes tenders on time never waits for a buyer's arithmetic.
 * Throws what the trial throws, `method.trials-too-many` while others run, `method.trial-too-long` when time or memory
 * is used up.
 */
export async function runTrial(trial: Trial): Promise<TrialAnswer> {
  if (running >= trialsMax)
    throw new DomainError('method.trials-too-many', 'Other methods are being tried; try again in a moment.');
  running += 1;
  try {
    const report = await inWorker(trial);
    if ('answer' in report) return report.answer;
    const { code, message, details } = report.refusal;
    throw new DomainError(code, message, details);
  } finally {
    running -= 1;
  }
}

function inWorker(trial: Trial): Promise<TrialReport> {
  const resourceLimits = { maxOldGenerationSizeMb: trialMemoryMibMax };
  const worker = new Worker(WORKER, { workerData: trial, resourceLimits, execArgv: [], env: {} });
  return new Promise<TrialReport>((resolve, reject) => {
    const timer = setTimeout(() => reject(tooLong()), trialMsMax);
    worker.once('message', resolve);
    worker.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? tooLong() : error),
    );
    worker.once('exit', (code) => {
      clearTimeout(timer);
      reject(new Error(`The worker of a trial ended with ${code} and no answer.`));
    });
  }).finally(() => worker.terminate());
}

const tooLong = (): DomainError =>
  new DomainError(
    'method.trial-too-long',
    'This method takes too long with so many sample bids; try fewer.',
    {
      trialMsMax,
    },
  );
