import { parentPort, workerData } from 'node:worker_threads';
import { invariant, isDomainError } from '#kernel';
import { type Trial, tryMethod } from '../domain/try-method.js';
import type { TrialReport } from './run-trial.js';

invariant(parentPort, 'this file is run as a worker');
parentPort.postMessage(report(workerData as Trial));

function report(trial: Trial): TrialReport {
  try {
    return { answer: tryMethod(trial) };
  } catch (error) {
    if (!isDomainError(error)) throw error;
    const { code, message, details } = error;
    return { refusal: { code, message, details } };
  }
}
