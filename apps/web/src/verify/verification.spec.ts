import { describe, expect, it } from '@jest/globals';
import { after, begun, type Verification } from './verification.js';
import type { VerifyWord } from './verify-order.js';

const seen = (kind: Verification['kind'], ...words: readonly VerifyWord[]): Verification =>
  words.reduce(after, begun(kind));
const states = (it: Verification): string => it.steps.map(({ state }) => state).join(' ');
const holds = (step: string): VerifyWord => ({ type: 'holds', step, outcome: 'proven', facts: {} });

describe('what a visitor sees of a verification', () => {
  it('names every step before anything of it is known', () => {
    expect(states(seen('entry'))).toBe('waiting waiting waiting');
    expect(states(seen('entry', { type: 'step', step: 'checkpoint' }))).toBe('running waiting waiting');
  });

  it('a step that said nothing before the next one began does not apply', () => {
    const words = [
      { type: 'step', step: 'checkpoint' } as const,
      { type: 'step', step: 'inclusion' } as const,
    ];
    expect(states(seen('entry', ...words))).toBe('skipped running waiting');
  });

  it('a fault is of the step that ran; what came before still holds, what comes after was not reached', () => {
    const fault = { type: 'fault', file: 'ledger/checkpoint', reason: 'forged', code: null } as const;
    const it_ = seen('entry', holds('checkpoint'), { type: 'step', step: 'inclusion' }, fault);
    expect(states(it_)).toBe('holds fault unreached');
    expect(it_.end).toEqual(fault);
  });

  it('what could not be read is neither a fault nor a proof', () => {
    const unread = { type: 'unread', code: 'network.unreachable', message: 'cut off' } as const;
    expect(states(seen('entry', { type: 'step', step: 'checkpoint' }, unread))).toBe(
      'unread unreached unreached',
    );
  });
});
