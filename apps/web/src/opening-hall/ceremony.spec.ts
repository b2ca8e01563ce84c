import { describe, expect, it } from '@jest/globals';
import { ceremonyOf, type CeremonyLine, lineOf } from './ceremony.js';

let told = 0;
const event = (name: string, data: Record<string, unknown> = {}) => ({
  id: String(++told),
  type: name,
  at: '2026-12-14T08:00:00.000Z',
  data: { envelopeId: 'technical', ...data },
});
const lines = (...events: ReturnType<typeof event>[]): CeremonyLine[] =>
  events.flatMap((one) => lineOf(one) ?? []);
const BEGUN = event('vault.combining-begun', { of: 5 });
const CHECKED = event('vault.stored-envelopes-checked', { of: 5 });
const TWO = event('vault.opening-progressed', { opened: 2, of: 5 });

describe('a line of the hall’s log', () => {
  it('is made of what happens in an opening, and of nothing else', () => {
    expect(lines(event('tendering.clarification-published'), event('vault.bidders-named'))).toEqual([]);
    expect(lines(event('vault.trustee-attended', { trusteeIndex: 2, attended: 1 }))).toMatchObject([
      { name: 'trustee-attended', data: { envelopeId: 'technical', trusteeIndex: 2 } },
    ]);
  });

  it('tells a list once, whatever number of parts it came in, and does not carry it', () => {
    const part = (at: number) => event('vault.envelopes-opened', { part: at, parts: 2, items: [{}] });
    const both = lines(part(1), part(2));
    expect(both.length).toBe(1);
    expect(both[0]!.data).toEqual({ envelopeId: 'technical' });
  });
});

describe('what the lines tell of an opening', () => {
  it('nothing is under way before the keys are complete', () => {
    const early = lines(event('vault.shares-given', { trusteeIndex: 1, present: 1, quorum: 3 }));
    expect(ceremonyOf(early, 'technical')).toMatchObject({ progress: null, isChecked: false });
    expect(ceremonyOf(lines(BEGUN), 'technical')).toMatchObject({ progress: null, isChecked: false });
  });

  it('envelopes are checked first, then opened one by one', () => {
    const checked = ceremonyOf(lines(BEGUN, CHECKED), 'technical');
    expect(checked).toMatchObject({ isChecked: true, progress: { opened: 0, of: 5 } });
    expect(ceremonyOf(lines(BEGUN, CHECKED, TWO), 'technical').progress).toEqual({ opened: 2, of: 5 });
  });

  it('what was halted counts no longer, and is checked again when it is resumed', () => {
    const halted = lines(BEGUN, CHECKED, TWO, event('vault.opening-halted'));
    expect(ceremonyOf(halted, 'technical')).toMatchObject({ progress: null, isChecked: false });
    const resumed = [...halted, ...lines(event('vault.opening-resumed'), CHECKED)];
    expect(ceremonyOf(resumed, 'technical').progress).toEqual({ opened: 0, of: 5 });
  });

  it('one kind of envelopes is not another', () => {
    expect(ceremonyOf(lines(BEGUN, CHECKED), 'commercial')).toEqual({
      lines: [],
      isChecked: false,
      progress: null,
    });
  });
});
