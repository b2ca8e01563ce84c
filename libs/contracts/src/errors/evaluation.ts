import type { ErrorTable } from './error-table.js';

export const evaluationErrors = {
  'method.invalid': { status: 422, title: 'Evaluation method is not valid', retry: false },
  'method.trial-too-long': { status: 422, title: 'Method takes too long to try', retry: false },
  'method.trials-too-many': { status: 503, title: 'Other methods are being tried', retry: true },
  'evaluation.input-invalid': {
    status: 422,
    title: 'Bids, score sheets or draws do not fit the method',
    retry: false,
  },
  'evaluation.bid-unknown': { status: 404, title: 'No such bid in the evaluation', retry: false },
  'evaluation.version-unknown': { status: 404, title: 'No such version of the evaluation', retry: false },
  'evaluation.mismatch': { status: 422, title: 'Evaluation does not recompute', retry: false },
} as const satisfies ErrorTable;
export type EvaluationErrorCode = keyof typeof evaluationErrors;
