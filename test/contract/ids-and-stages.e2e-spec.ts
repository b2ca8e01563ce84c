import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  createTender,
  explainOffer,
  issueCertificate,
  joinTender,
  listTenders,
  publishTender,
  resumeTender,
  type RequestContract,
  reviewOrganisation,
  type Stage,
  suspendTender,
} from '#contracts';
import { type Face, FACES, type Json } from './faces.js';
import { forged, misshapenMethods, swapped } from './forgery-probe.js';
import { KeptState } from './kept-state.js';
import { ANSWERED_FOR_UNKNOWN, OPEN_DRAFTS, OPEN_TO_OTHERS } from './others-table.js';
import type { Person } from './people.js';
import { allIdLeaves, Probe } from './probe.js';
import { idOf, namesTender, type Scene, TENDER_FACES, type Variant, variantsOf } from './scene.js';
import { timedContracts } from './stage-table.js';
import { TwoTenders } from './two-tenders.js';

const variantOf = (contract: RequestContract): Variant => variantsOf([contract as Face])[0]!;
const pemOf = (inside: string): string =>
  `-----BEGIN CERTIFICATE REQUEST-----\n${inside}\n-----END CERTIFICATE REQUEST-----\n`;

describe('ids of nothing or of others, and what is not its time', () => {
  let tenders: TwoTenders;
  let kept: KeptState;
  let probe: Probe;

  beforeAll(async () => {
    tenders = await TwoTenders.begin();
    kept = await KeptState.open(tenders.platform);
    probe = new Probe(tenders.door, kept);
  }, 120_000);

  afterAll(async () => {
    await kept?.close();
    await tenders?.end();
  });

  /** The same probes at every stage, once the tender has come to it. */
  function at(stage: Stage, arrive: () => Promise<void>, scene: () => Scene): void {
    describe(`a tender that is ${stage}`, () => {
      beforeAll(arrive, 120_000);

      it('is at its stage', () => expect(scene().walk.stage).toBe(stage));

      it('refuses every act and question out of its time, and answers those in time', async () => {
        expect(await probe.outOfTime(scene())).toEqual([]);
      });

      it('refuses ids of nothing', async () => {
        expect(await probe.unknownIds(scene(), TENDER_FACES)).toEqual([]);
      });

      it('refuses who has no part in it', async () => {
        expect(await probe.others(scene(), TENDER_FACES)).toEqual([]);
      });

      it('takes nothing that another made, in the same role and the same tender', async () => {
        expect(await swapped(probe, scene())).toEqual([]);
      });

      it('takes nothing that is wrong in what was signed or shared', async () => {
        expect(await forged(probe, scene())).toEqual([]);
      });

      it('knows no ids of another tender', async () => {
        const { own, other } = tenders;
        expect(await probe.foreignIds(scene(), scene() === other ? own : other)).toEqual([]);
      });
    });
  }

  const own = (): Scene => tenders.own;
  const codeOf = async (contract: RequestContract, body: Json, person: Person): Promise<string | null> =>
    (await probe.send(contract as Face, body, person)).code;

  at('draft', async () => undefined, own);

  describe('a draft', () => {
    it('with anything wrong in its method is refused or saved, and no fault of ours', async () => {
      expect(await misshapenMethods(probe, own())).toEqual([]);
    });

    it('is published only with the key statement of every trustee', async () => {
      const { person, body } = own().right(variantOf(createTender));
      const { tenderId } = await person.api.call(createTender, body as never);
      expect(await codeOf(publishTender, { tenderId }, person)).toBe('committee.incomplete');
    });

    it('stands in no list of who has no part in it', async () => {
      const { circle } = tenders.other.walk;
      const involved: readonly Person[] = [circle.buyer, ...circle.trustees];
      for (const person of Object.values(own().outsiders)) {
        for (const mine of ['true', 'false'] as const) {
          const { items } = await person.api.call(listTenders, { mine });
          const drafts = items.filter(({ stage }) => stage === 'draft').map(({ tenderId }) => tenderId);
          const isOwn = mine === 'true' && involved.some(({ personId }) => personId === person.personId);
          expect(drafts).toEqual(isOwn ? [tenders.other.walk.tenderId] : []);
        }
      }
    });
  });

  describe('requests about no tender', () => {
    const faces = FACES.filter((face) => !namesTender(face));

    it('refuse ids of nothing', async () => expect(await probe.unknownIds(own(), faces)).toEqual([]));

    it('refuse who has no part in what they name', async () =>
      expect(await probe.others(own(), faces)).toEqual([]));

    it('refuse a second review, and a certificate for what is no request of one', async () => {
      const { registrar, experts } = tenders.people;
      const { body } = own().right(variantOf(reviewOrganisation));
      expect(await codeOf(reviewOrganisation, body, registrar)).toBe('organisation.already-reviewed');
      for (const inside of ['', 'AAAA', '!'])
        expect(await codeOf(issueCertificate, { certificateRequestPem: pemOf(inside) }, experts[0]!)).toBe(
          'certificate.request-invalid',
        );
    });
  });

  at('published', () => tenders.publish(), own);

  describe('bidders without a part in a tender', () => {
    it('may do what is open to every one of them', async () => {
      const spare = tenders.people.bidders.at(-1)!;
      for (const [contract, { to }] of OPEN_TO_OTHERS) {
        if (contract.kind === 'query' || !to.includes('bidder')) continue;
        expect(await codeOf(contract, own().right(variantOf(contract)).body, spare)).toBeNull();
        probe.seenOpen.add(`${idOf(contract as Face)} bidder`);
      }
    });

    it('take part and are certified only when their organisation was approved', async () => {
      const { refused } = tenders.people;
      const { tenderId } = own().walk;
      expect(await codeOf(joinTender, { tenderId }, refused)).toBe('organisation.not-approved');
      const certificateRequestPem = pemOf('AAAA');
      expect(await codeOf(issueCertificate, { certificateRequestPem }, refused)).toBe(
        'organisation.not-approved',
      );
    });
  });

  describe('supervision', () => {
    it('may suspend every published tender, and resume it', async () => {
      const { tenderId } = tenders.other.walk;
      const { supervisor } = tenders.other.outsiders;
      for (const contract of [suspendTender, resumeTender]) {
        expect(await codeOf(contract, { tenderId, reason: 'to see' }, supervisor)).toBeNull();
        probe.seenOpen.add(`${idOf(contract as Face)} supervisor`);
      }
    });
  });

  at('suspended', () => tenders.suspend(), own);
  at('published', () => tenders.resume(), own);
  at('closed', () => tenders.close(), own);
  at(
    'failed',
    async () => undefined,
    () => tenders.failing,
  );
  at('technical-opened', () => tenders.openTechnical(), own);
  at(
    'cancelled',
    () => tenders.cancelOther(),
    () => tenders.other,
  );
  at('scores-locked', () => tenders.lockScores(), own);

  describe('before the award', () => {
    it('a bid is explained to its own bidder and to no other', async () => {
      const { body } = own().right(variantOf(explainOffer));
      const answers = await Promise.all(
        own().walk.circle.bidders.map((person) => codeOf(explainOffer, body, person)),
      );
      expect(answers.filter((code) => code === null)).toHaveLength(1);
      expect(new Set(answers)).toEqual(new Set([null, 'tender.wrong-stage']));
      const { code } = await probe.send(explainOffer as unknown as Face, body, undefined);
      expect(code).toBe('tender.wrong-stage');
    });
  });

  at('commercial-opened', () => tenders.openCommercial(), own);
  at('ranked', () => tenders.rank(), own);
  at('standstill', () => tenders.startStandstill(), own);
  at('awarded', () => tenders.award(), own);

  describe('afterwards', () => {
    it('every act has taken effect in its time, so that no body was refused for its own sake', () => {
      const { supervisor, buyers, trustees, experts, bidders } = tenders.people;
      const done = new Set(
        [supervisor, ...buyers, ...trustees, ...experts, ...bidders].flatMap(({ api }) =>
          api.sent.map(({ contract }) => contract),
        ),
      );
      const missing = timedContracts().filter(
        (contract) => contract.kind === 'command' && !done.has(contract),
      );
      expect(missing.map(({ subject }) => subject)).toEqual([]);
    });

    it('every id of every request was tried with one of nothing', () => {
      expect(allIdLeaves().filter((label) => !probe.triedUnknown.has(label))).toEqual([]);
    });

    it('every id that a tender has of its own was tried with another tender’s', () => {
      const owned = /(?:questionId|alias|sha256|manifestSha256)$/;
      const missing = allIdLeaves().filter((label) => owned.test(label) && !probe.triedForeign.has(label));
      expect(missing.filter((label) => !label.startsWith('tendering.create-tender'))).toEqual([]);
    });

    it('every entry of the tables was needed', () => {
      const entries = [...OPEN_TO_OTHERS, ...OPEN_DRAFTS].flatMap(([contract, { to }]) =>
        to.map((caller) => `${idOf(contract as Face)} ${caller}`),
      );
      const needed = [...entries, ...Object.keys(ANSWERED_FOR_UNKNOWN)];
      expect(needed.filter((entry) => !probe.seenOpen.has(entry))).toEqual([]);
    });
  });
});
