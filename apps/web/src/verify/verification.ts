import { VERIFY_STEPS, type Facts, type VerifyOrder, type VerifyWord } from './verify-order.js';

export type StepState =
  'waiting' | 'running' | 'holds' | 'unchecked' | 'fault' | 'unread' | 'skipped' | 'unreached';

export interface StepSeen {
  readonly step: string;
  readonly state: StepState;
  readonly outcome: string;
  readonly facts: Facts;
}

/** How far a verification is. */
export interface Verification {
  readonly kind: VerifyOrder['kind'];
  readonly steps: readonly StepSeen[];
  readonly files: number;
  readonly end: Extract<VerifyWord, { type: 'ended' | 'fault' | 'unread' }> | undefined;
}

export const begun = (kind: VerifyOrder['kind']): Verification => ({
  kind,
  steps: VERIFY_STEPS[kind].map((step) => ({ step, state: 'waiting', outcome: '', facts: {} })),
  files: 0,
  end: undefined,
});

const put = (it: Verification, step: string, seen: Partial<StepSeen>): Verification => ({
  ...it,
  steps: it.steps.map((one) => (one.step === step ? { ...one, ...seen } : one)),
});

/** What is seen after one word more. */
export function after(it: Verification, word: VerifyWord): Verification {
  switch (word.type) {
    case 'step':
      return put({ ...it, steps: it.steps.map(passed) }, word.step, { state: 'running' });
    case 'gathered':
      return { ...it, files: word.files };
    case 'holds':
    case 'unchecked':
      return put(it, word.step, { state: word.type, outcome: word.outcome, facts: word.facts });
    case 'ended':
      return { ...it, end: word, steps: it.steps.map((one) => settle(one, 'skipped')) };
    default:
      return { ...it, end: word, steps: it.steps.map((one) => settle(one, word.type)) };
  }
}

/** A step that said nothing before the next one began had nothing to check in this tender. */
const passed = (one: StepSeen): StepSeen => (one.state === 'running' ? { ...one, state: 'skipped' } : one);

function settle(one: StepSeen, running: StepState): StepSeen {
  if (one.state === 'waiting') return { ...one, state: 'unreached' };
  return one.state === 'running' ? { ...one, state: running } : one;
}
