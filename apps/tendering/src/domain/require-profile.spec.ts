import { describe, expect, it } from '@jest/globals';
import { type Procedure, PROCEDURE_DEFAULTS, PROCEDURE_LIMITS, procedure as schema } from '#contracts';
import { descriptorRules } from './descriptor-rules.js';
import { requireProfile } from './require-profile.js';
import { TEMPLATES } from './templates/templates.js';
import { worksTwoEnvelopeBidderKey } from './templates/works-two-envelope-bidder-key.js';
import { worksTwoEnvelope } from './templates/works-two-envelope.js';

const { procedure } = worksTwoEnvelope;
const COMMITTEE = { trustees: 5, quorum: 3 };

function refusal(changes: Partial<Procedure>, committee = COMMITTEE) {
  try {
    requireProfile({ ...procedure, ...changes }, committee);
    return undefined;
  } catch (error) {
    return error as { code: string; message: string };
  }
}

describe('the profile of a procedure', () => {
  it.each(TEMPLATES)('$templateId can be carried out and fits its contract', (template) => {
    expect(() => requireProfile(template.procedure, COMMITTEE)).not.toThrow();
    expect(schema.parse(template.procedure)).toEqual(template.procedure);
  });

  it.each(Object.entries(PROCEDURE_LIMITS))('keeps the limits of %s', (name, { min, max }) => {
    for (const value of [min - 1, max + 1, min + 0.5, NaN]) {
      const found = refusal({ [name]: value });
      expect(found?.code).toBe('procedure.invalid');
      expect(found?.message).toContain(`${name} is a whole number from ${min} to ${max}`);
      expect(schema.safeParse({ ...procedure, [name]: value }).success).toBe(false);
    }
  });

  it('names everything that is wrong at once', () => {
    const { message } = refusal({ openingHours: 0, archiveYears: 1_000 })!;
    expect(message).toMatch(/openingHours.*archiveYears/);
  });

  it('leaves the committee to the buyer, or fixes its size and quorum', () => {
    expect(refusal({}, { trustees: 7, quorum: 4 })).toBeUndefined();
    expect(refusal({ n: 5, k: 3 })).toBeUndefined();
    expect(refusal({ n: 7 })).toMatchObject({ code: 'committee.invalid' });
    expect(refusal({ n: 7 })!.message).toContain('asks for 7 trustees; 5 are chosen');
    expect(refusal({ k: 2 })!.message).toContain('asks for a quorum of 2; the draft says 3');
    expect(refusal({ n: 3, k: 3 })!.code).toBe('procedure.invalid');
  });

  it('that says nothing is what it was before there were profiles', () => {
    const { id, envelopes, noticeDaysMin, questionsUntilDaysBefore } = procedure;
    const { bidsMin, standstillDaysMin, trusteesMin, expertsMin } = procedure;
    const old = {
      id,
      envelopes,
      noticeDaysMin,
      questionsUntilDaysBefore,
      bidsMin,
      standstillDaysMin,
      trusteesMin,
      expertsMin,
    };
    expect(schema.parse(old)).toEqual({ ...old, ...PROCEDURE_DEFAULTS });
  });

  it('stands in the descriptor where bidders and trustees see it', () => {
    expect(descriptorRules(procedure)).toEqual({
      procedure: 'open-two-envelope',
      bidsMin: 3,
      bodyGraceMinutes: 0,
      bidderKey: false,
      openingHours: 24,
      rescueHours: 48,
      archiveYears: 15,
      timestampRequired: false,
    });
    expect(descriptorRules(worksTwoEnvelopeBidderKey.procedure)).toMatchObject({
      bidderKey: true,
      bidderKeyHours: 24,
    });
  });
});
