import type { checkMethod, previewMethod, RequestOf, ResponseOf, simulateMethod } from '#contracts';
import { reviewDraftMethod } from '../domain/review-draft-method.js';
import { runTrial } from './run-trial.js';

/** What saving the draft would say of its method. */
export function checkDraftMethod({ method }: RequestOf<typeof checkMethod>): ResponseOf<typeof checkMethod> {
  const { findings } = reviewDraftMethod(method);
  return {
    isSound: findings.every(({ severity }) => severity !== 'error'),
    findings: findings.map(({ message, ...finding }) => ({ ...finding, message: { ...message } })),
  };
}

/** Throws `method.invalid`, `evaluation.input-invalid`, `method.trial-too-long`, `method.trials-too-many`. */
export const previewDraftMethod = async (
  request: RequestOf<typeof previewMethod>,
): Promise<ResponseOf<typeof previewMethod>> =>
  (await runTrial({ kind: 'preview', request })) as ResponseOf<typeof previewMethod>;

/** Throws as {@link previewDraftMethod}. */
export const simulateDraftMethod = async (
  request: RequestOf<typeof simulateMethod>,
): Promise<ResponseOf<typeof simulateMethod>> =>
  (await runTrial({ kind: 'simulate', request })) as ResponseOf<typeof simulateMethod>;
