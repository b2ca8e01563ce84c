import { describe, expect, it } from '@jest/globals';
import { type DraftForm, emptyForm, findGaps, toDraft, toForm } from './draft-form.js';

const PROCEDURE = { trusteesMin: 3, expertsMin: 5 };
const TEMPLATE = { templateId: 'works-two-envelope', method: { v: 1 }, procedure: PROCEDURE };
const BOQ = { name: 'boq.xlsx', mediaType: 'application/x', sha256: 'a'.repeat(64), size: 9 };
const whole: DraftForm = {
  ...emptyForm(TEMPLATE as never),
  titleZh: ' 绿道 ',
  titleEn: 'Greenway',
  summary: '六公里',
  ceilingPrice: '12000000.5',
  deadline: '2026-12-21T09:30',
  boq: BOQ,
  trusteeIds: ['t1', 't2', 't3'],
  quorum: 2,
  expertIds: ['e1', 'e2', 'e3', 'e4', 'e5'],
};

describe('a draft form', () => {
  it('names everything that is missing, in the order of the steps', () => {
    expect(findGaps(emptyForm(TEMPLATE as never), PROCEDURE)).toEqual([
      'title',
      'summary',
      'ceiling',
      'deadline',
      'boq',
      'trustees',
      'quorum',
      'experts',
    ]);
    expect(findGaps(whole, PROCEDURE)).toEqual([]);
  });

  it('takes an exact amount above zero and no other spelling of one', () => {
    for (const ceilingPrice of ['0', '0.00', '1,000', '1e6', '１２', '-5', '1.234']) {
      expect([ceilingPrice, findGaps({ ...whole, ceilingPrice }, PROCEDURE)]).toEqual([
        ceilingPrice,
        ['ceiling'],
      ]);
    }
  });

  it('leaves a trustee to spare, and lets nobody both open and score', () => {
    expect(findGaps({ ...whole, quorum: 3 }, PROCEDURE)).toEqual(['quorum']);
    expect(findGaps({ ...whole, quorum: 1 }, PROCEDURE)).toEqual(['quorum']);
    const expertIds = ['t1', 'e2', 'e3', 'e4', 'e5'];
    expect(findGaps({ ...whole, expertIds }, PROCEDURE)).toEqual(['both']);
  });

  it('is the same again after it was saved and read', () => {
    const { titleZh, ...others } = toForm(toDraft(whole) as never);
    expect(titleZh).toBe('绿道');
    expect(toDraft({ titleZh, ...others })).toEqual(toDraft(whole));
    expect(toDraft(whole).deadlineAt).toBe('2026-12-21T01:30:00.000Z');
  });
});
