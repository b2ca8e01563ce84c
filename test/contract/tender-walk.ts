import { addDays } from '#kernel';
import {
  answerQuestion,
  askQuestion,
  beginRehearsal,
  createTender,
  type RequestContract,
  type RequestOf,
  type Stage,
  publishTender,
  signSheet,
  updateDraft,
} from '#contracts';
import { Bidder, type Envelopes } from '../../apps/cli/src/client/bidder.js';
import { Expert } from '../../apps/cli/src/client/expert.js';
import { sign } from '../../apps/cli/src/client/identity.js';
import { readTime } from '../../apps/cli/src/client/read-time.js';
import { Trustee } from '../../apps/cli/src/client/trustee.js';
import type { BiddingPerson, Person, Sent, Signer } from './people.js';

/** Those who have a part in one tender. */
export interface Circle {
  readonly buyer: Person;
  readonly trustees: readonly Signer[];
  readonly experts: readonly Signer[];
  readonly bidders: readonly BiddingPerson[];
}

export type NewDraft = Omit<
  RequestOf<typeof createTender>,
  'trusteeIds' | 'quorum' | 'expertIds' | 'deadlineAt'
>;

/** A deadline that publication allows now, and that comes only when the clock is put forward. */
export const NOTICE_DAYS = 21;

/** One tender on its way, moved by those who have a part in it with the clients that people use. */
export class TenderWalk {
  stage: Stage = 'draft';
  /** Ids around this tender by their names in bodies, as far as they exist by now. */
  readonly facts: Record<string, string> = {};
  /** Acts that were made ready for a test and not sent, by contract. */
  readonly prepared = new Map<RequestContract, { readonly person: Person; readonly sent: Sent }>();
  readonly trustees: readonly Trustee[];
  private sheet: Record<string, Record<string, string>> = {};
  private readonly bidders: ReadonlyMap<BiddingPerson, Bidder>;

  private constructor(
    readonly tenderId: string,
    readonly circle: Circle,
  ) {
    this.trustees = circle.trustees.map(({ api, identity }) => new Trustee(api, identity, tenderId));
    this.bidders = new Map(
      circle.bidders.map((person) => [person, new Bidder(person.api, person.identity, tenderId)]),
    );
  }

  /** A draft of the buyer's, saved twice, with the key statement of every trustee, rehearsed by two of them. */
  static async begin(circle: Circle, content: NewDraft): Promise<TenderWalk> {
    const { api } = circle.buyer;
    const { now } = await readTime(api);
    const draft = {
      ...content,
      deadlineAt: addDays(now, NOTICE_DAYS),
      trusteeIds: circle.trustees.map(({ personId }) => personId),
      quorum: 2,
      expertIds: circle.experts.map(({ personId }) => personId),
    };
    const { tenderId } = await api.call(createTender, draft);
    const { templateId: _template, ...rest } = draft;
    await api.call(updateDraft, { tenderId, ...rest });
    const walk = new TenderWalk(tenderId, circle);
    walk.facts['sha256'] = draft.documents[0]!.sha256;
    for (const trustee of walk.trustees) await trustee.submitStatement(now);
    await api.call(beginRehearsal, { tenderId });
    for (const trustee of walk.trustees.slice(0, 2)) await trustee.rehearse();
    return walk;
  }

  async publish(): Promise<void> {
    await this.circle.buyer.api.call(publishTender, { tenderId: this.tenderId });
    this.stage = 'published';
  }

  /** Two questions, of which the first is answered. */
  async clarify(asker: BiddingPerson): Promise<void> {
    const { tenderId } = this;
    const { questionId } = await asker.api.call(askQuestion, { tenderId, question: 'Which granite?' });
    await this.circle.buyer.api.call(answerQuestion, { tenderId, questionId, answer: 'The grey one.' });
    const second = await asker.api.call(askQuestion, { tenderId, question: 'How thick?' });
    this.facts['questionId'] = second.questionId;
  }

  async bid(person: BiddingPerson, content: Envelopes): Promise<void> {
    const bidder = this.bidders.get(person)!;
    await bidder.join();
    const { now } = await readTime(person.api);
    await bidder.submit(await bidder.seal(await bidder.descriptor(), content, now));
  }

  async withdraw(person: BiddingPerson): Promise<void> {
    const bidder = this.bidders.get(person)!;
    await bidder.withdraw(await bidder.descriptor(), (await readTime(person.api)).now);
  }

  /** Declares, marks every bid with the full points, and signs where it is asked for. */
  async score(person: Signer, isSigning: boolean): Promise<void> {
    const expert = new Expert(person.api, person.identity, this.tenderId);
    const { bids, criteria } = await expert.begin();
    const marks = Object.fromEntries(criteria.map(({ id, pointsMax }) => [id, pointsMax]));
    for (const { alias } of bids) await expert.save(alias, marks);
    this.sheet = Object.fromEntries(bids.map(({ alias }) => [alias, marks]));
    this.facts['alias'] = bids[0]!.alias;
    this.facts['partSha256'] = bids[0]!.parts[0]!.sha256;
    if (isSigning) await this.sign(person);
  }

  async sign(person: Signer): Promise<void> {
    await new Expert(person.api, person.identity, this.tenderId).sign(this.sheet);
  }

  /** A complete sheet, signed and not sent. */
  async prepareSheet(person: Signer): Promise<void> {
    const { tenderId } = this;
    const payload = { v: 1, tenderId, scores: this.sheet, reasons: {} };
    const sheet = await sign(person.identity, payload, 'sunseal-score-sheet');
    this.prepared.set(signSheet, { person, sent: { contract: signSheet, body: { tenderId, sheet } } });
  }

  /** The act of this contract in this tender: one made ready, else the last that `first`, else anybody else, sent. */
  act(
    contract: RequestContract,
    envelope: string | null,
    first: Person,
  ): { readonly person: Person; readonly sent: Sent } | undefined {
    const ready = this.prepared.get(contract);
    if (ready) return ready;
    const { buyer, trustees, experts, bidders } = this.circle;
    for (const person of [first, buyer, ...trustees, ...experts, ...bidders]) {
      const sent = person.api.sent.findLast(
        ({ contract: other, body }) =>
          other === contract &&
          (body['tenderId'] === undefined || body['tenderId'] === this.tenderId) &&
          (envelope === null || body['envelopeId'] === envelope),
      );
      if (sent) return { person, sent };
    }
    return undefined;
  }
}
