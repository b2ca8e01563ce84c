import { describe, expect, it } from '@jest/globals';
import { act, decide, FIRM, PERSON } from '../../../test-support/watched-acts.js';
import { expertConflict } from './expert-conflict.js';

const AT = '2026-12-16T08:00:00.000Z';
const CERTIFICATE = 'c'.repeat(64);
const published = act('tendering.tender-published', AT, { data: { expertIds: [PERSON, 'other'] } });
const named = act('vault.bidders-named', AT, {
  data: { bidders: [{ alias: 'AB12', organisationId: FIRM, certificateSha256: CERTIFICATE }] },
});
const howOf = (
  acts: Parameters<typeof decide>[1],
  belonging?: ReadonlyMap<string, string | null>,
): unknown[] =>
  decide(expertConflict, acts, belonging ? { belonging } : {}).map(({ evidence }) => evidence.values['how']);

describe('an expert and a bidder', () => {
  it('have a conflict in the same organisation', () => {
    expect(howOf([published, named], new Map([[PERSON, FIRM]]))).toEqual(['same-organisation']);
    expect(
      howOf(
        [published, named],
        new Map([
          [PERSON, null],
          ['other', 'another firm'],
        ]),
      ),
    ).toEqual([]);
  });

  it('have a conflict when the expert acted for a bidder', () => {
    const acted = act('vault.bid-submitted', AT, { personId: PERSON, place: null });
    expect(howOf([published, acted, named])).toEqual(['same-person']);
  });

  it('have a conflict when the expert was given the certificate that a bidder signed with', () => {
    const issued = (certificateSha256: string) =>
      act('registration.certificate-issued', AT, { data: { personId: PERSON, certificateSha256 } });
    expect(howOf([issued(CERTIFICATE), published, named])).toEqual(['same-certificate']);
    expect(howOf([issued('d'.repeat(64)), published, named])).toEqual([]);
  });

  it('are not compared before bidders are named', () => {
    expect(howOf([published], new Map([[PERSON, FIRM]]))).toEqual([]);
  });
});
