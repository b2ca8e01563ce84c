import {
  awardTender,
  cancelTender,
  declareConflicts,
  listTemplates,
  objectToOpening,
  resumeTender,
  type Stage,
  startStandstill,
  submitShares,
  suspendTender,
} from '#contracts';
import { BUYER_LINES } from '../../apps/cli/src/demo/boq.js';
import { bidContent, XLSX } from '../../apps/cli/src/demo/documents.js';
import { TENDER } from '../../apps/cli/src/demo/story.js';
import { writeBuyerBoq } from '../../apps/cli/src/workbooks/write-boq.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { putClockForward } from '../support/put-clock-forward.js';
import { Door } from './door.js';
import { holdRanking } from './hold-ranking.js';
import { gatherPeople, type People, type Person } from './people.js';
import { Scene } from './scene.js';
import { settled } from './settled.js';
import { type Circle, type NewDraft, NOTICE_DAYS, TenderWalk } from './tender-walk.js';

/**
 * Two tenders side by side, each with people of its own, and one that fails: `own` goes all the way to the award, one
 * stage a step, and stands still in between; `other` is cancelled when its technical envelopes are open.
 */
export class TwoTenders {
  private releaseRanking: () => Promise<void> = async () => undefined;

  private constructor(
    readonly platform: TestPlatform,
    readonly door: Door,
    readonly people: People,
    readonly own: Scene,
    readonly other: Scene,
    readonly failing: Scene,
  ) {}

  static async begin(): Promise<TwoTenders> {
    const platform = await startTestPlatform({ clockFactor: 1 });
    const door = new Door(platform);
    const people = await gatherPeople(platform, door);
    const { buyers, trustees, experts, bidders } = people;
    const of = (buyer: number, from: number, seats: readonly number[]): Circle => ({
      buyer: buyers[buyer]!,
      trustees: trustees.slice(from * 3, from * 3 + 3),
      experts: experts.slice(from, from + 5),
      bidders: seats.map((seat) => bidders[seat]!),
    });
    const elsewhere = await idsElsewhere(platform, bidders[0]!);
    const scene = async (circle: Circle): Promise<Scene> => {
      const walk = await TenderWalk.begin(circle, await draftOf(circle.buyer));
      return new Scene(walk, people, outsidersOf(people, circle), elsewhere);
    };
    await cancelDraft(await TenderWalk.begin(of(1, 1, []), await draftOf(buyers[1]!)));
    const own = await scene(of(0, 0, [0, 1, 2, 3]));
    const other = await scene(of(1, 1, [1, 2, 3, 4]));
    const failing = await scene(of(0, 0, [0, 1]));
    return new TwoTenders(platform, door, people, own, other, failing);
  }

  /** Three bids for each of the two, one for the third, and in each tender one that was taken back. */
  async publish(): Promise<void> {
    for (const { walk } of [this.own, this.other, this.failing]) {
      await walk.publish();
      await settled(this.platform, walk.tenderId, 'published');
      await walk.clarify(walk.circle.bidders[0]!);
      for (const person of walk.circle.bidders) {
        const variant = `${person.login} ${walk.tenderId}`;
        await walk.bid(person, await bidContent(person.company.price, variant));
      }
      await walk.withdraw(walk.circle.bidders.at(-1)!);
    }
  }

  /** A supervisor has doubts while bids come. */
  async suspend(): Promise<void> {
    const { tenderId } = this.own.walk;
    await this.people.supervisor.api.call(suspendTender, { tenderId, reason: 'the notice is in doubt' });
    await this.arrive(this.own, 'suspended');
  }

  async resume(): Promise<void> {
    const { tenderId } = this.own.walk;
    await this.people.supervisor.api.call(resumeTender, { tenderId, reason: 'there was nothing in it' });
    await this.arrive(this.own, 'published');
  }

  /** The deadline passes; the first trustee has given shares, which are not enough. */
  async close(): Promise<void> {
    await putClockForward(this.platform, NOTICE_DAYS + 1);
    await this.arrive(this.failing, 'failed');
    await this.arrive(this.other, 'closed');
    await this.arrive(this.own, 'closed');
    const { walk } = this.own;
    await walk.trustees[0]!.open('technical');
    await walk.circle.trustees[0]!.api.call(objectToOpening, {
      tenderId: walk.tenderId,
      envelopeId: 'technical',
      text: 'One of us is late.',
    });
  }

  /** Technical envelopes of both are open; experts are at work, and one has marked and not signed. */
  async openTechnical(): Promise<void> {
    const { own, other } = this;
    await own.walk.trustees[1]!.open('technical');
    for (const trustee of other.walk.trustees.slice(0, 2)) await trustee.open('technical');
    for (const scene of [own, other]) await this.arrive(scene, 'technical-opened');
    const { experts } = own.walk.circle;
    for (const expert of experts) await own.walk.score(expert, expert !== experts.at(-1));
    await own.walk.prepareSheet(experts.at(-1)!);
    await other.walk.score(other.walk.circle.experts[0]!, false);
    const [given] = other.walk.act(submitShares, 'technical', other.walk.circle.trustees[0]!)!.sent.body[
      'shares'
    ] as { manifestSha256: string }[];
    other.walk.facts['manifestSha256'] = given!.manifestSha256;
  }

  /** The other buyer cancels while experts have still to declare, to mark and to sign. */
  async cancelOther(): Promise<void> {
    const { walk } = this.other;
    const { tenderId } = walk;
    const [first, second] = walk.circle.experts;
    await walk.prepareSheet(first!);
    walk.prepared.set(declareConflicts, {
      person: second!,
      sent: { contract: declareConflicts, body: { tenderId, hasConflict: false } },
    });
    await walk.circle.buyer.api.call(cancelTender, { tenderId, reason: 'funds are gone' });
    await this.arrive(this.other, 'cancelled');
  }

  async lockScores(): Promise<void> {
    const { walk } = this.own;
    await walk.sign(walk.circle.experts.at(-1)!);
    await this.arrive(this.own, 'scores-locked');
    await walk.trustees[0]!.open('commercial');
  }

  async openCommercial(): Promise<void> {
    const { walk } = this.own;
    this.releaseRanking = await holdRanking(this.platform, walk.tenderId);
    await walk.trustees[1]!.open('commercial');
    await this.arrive(this.own, 'commercial-opened');
  }

  async rank(): Promise<void> {
    await this.releaseRanking();
    await this.arrive(this.own, 'ranked');
  }

  async startStandstill(): Promise<void> {
    const { tenderId, circle } = this.own.walk;
    await circle.buyer.api.call(startStandstill, { tenderId });
    await this.arrive(this.own, 'standstill');
  }

  async award(): Promise<void> {
    const { tenderId, circle } = this.own.walk;
    await putClockForward(this.platform, 4);
    await circle.buyer.api.call(awardTender, { tenderId });
    await this.arrive(this.own, 'awarded');
  }

  async end(): Promise<void> {
    await this.releaseRanking();
    await this.platform.close();
  }

  private async arrive({ walk }: Scene, stage: Stage): Promise<void> {
    await settled(this.platform, walk.tenderId, stage);
    walk.stage = stage;
  }
}

/** A draft that is given up must hold up nobody: all that follows goes the same way through every service. */
async function cancelDraft({ tenderId, circle }: TenderWalk): Promise<void> {
  await circle.buyer.api.call(cancelTender, { tenderId, reason: 'not needed any more' });
}

/** A draft's content, with a bill and a document that the buyer has sent. */
export async function draftOf({ api, login }: Person): Promise<NewDraft> {
  const workbook = await writeBuyerBoq(BUYER_LINES, { title: TENDER.title.zh });
  const boq = await api.upload('/api/v1/documents', workbook);
  const drawing = await api.upload('/api/v1/documents', Buffer.from(`drawings of ${login}`));
  const [template] = (await api.call(listTemplates, {})).items;
  const { quorum: _quorum, ...content } = TENDER;
  return {
    ...content,
    templateId: template!.templateId,
    currency: 'CNY',
    boq: { name: 'bill.xlsx', mediaType: XLSX, ...boq },
    documents: [{ name: 'drawings.txt', mediaType: 'text/plain', ...drawing }],
    method: template!.method,
  };
}

function outsidersOf(people: People, circle: Circle): Scene['outsiders'] {
  const { administrator, registrar, supervisor } = people;
  const without = <P extends Person>(all: readonly P[], own: readonly Person[]): P =>
    all.find((person) => !own.includes(person))!;
  return {
    administrator,
    registrar,
    supervisor,
    buyer: without(people.buyers, [circle.buyer]),
    trustee: without(people.trustees, circle.trustees),
    expert: without(people.experts, circle.experts),
    bidder: people.bidders.slice(0, 5).findLast((person) => !circle.bidders.includes(person))!,
  };
}

async function idsElsewhere(platform: TestPlatform, { personId }: Person): Promise<Record<string, string>> {
  const [person] = await platform.query<{ id: string }>(
    'SELECT organisation_id AS id FROM registration.person WHERE person_id = $1',
    [personId],
  );
  const [entry] = await platform.query<{ id: string }>(
    'SELECT leaf_sha256 AS id FROM audit.ledger_entry LIMIT 1',
  );
  return { organisationId: person!.id, leafSha256: entry!.id };
}
