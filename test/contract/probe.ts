import type { EnvelopeId, RequestContract } from '#contracts';
import type { Answer, Door } from './door.js';
import { type Face, FACES, type Json, pathNames } from './faces.js';
import { type IdLeaf, idLeavesOf, withValue } from './id-leaves.js';
import type { KeptState } from './kept-state.js';
import {
  ANSWERED_FOR_UNKNOWN,
  type Caller,
  EVERYONE,
  NOTHING_OWNED,
  OPEN_DRAFTS,
  OPEN_TO_OTHERS,
} from './others-table.js';
import type { Person } from './people.js';
import { idOf, namesTender, type Scene, TENDER_FACES, type Variant, variantsOf } from './scene.js';
import { OUT_OF_TIME, timesOf } from './stage-table.js';

/** How an unknown id is refused, by the name under which it stands. */
const UNKNOWN_CODES: Readonly<Record<string, readonly string[]>> = {
  tenderId: ['tender.unknown'],
  organisationId: ['organisation.unknown'],
  questionId: ['question.unknown'],
  alias: ['bid.unknown', 'document.unknown'],
  sha256: ['document.unknown'],
  alarmId: ['alarm.unknown'],
  exportId: ['export.unknown'],
  correctionId: ['correction.unknown'],
  leafSha256: ['entry.unknown'],
  policySha256: ['ledger.witness-policy-unknown'],
  manifestSha256: ['share.unexpected'],
  trusteeIds: ['committee.invalid'],
  expertIds: ['panel.invalid'],
  templateId: ['template.unknown'],
};

/** Two refusals tell the same when they differ in nothing but the id that was asked for and their own number. */
const told = ({ status, body }: Answer, id: string): string =>
  `${status} ${JSON.stringify({ ...body, correlationId: null }).replaceAll(id, '<id>')}`;

/**
 * Sends what must be refused, for every request that contracts declare, and gives back what was not as it must be, one
 * line each. That nothing was changed is part of every probe.
 */
export class Probe {
  /** Where an id was tried that is of nothing, and where one that is another's: `service.verb-noun leaf`. */
  readonly triedUnknown = new Set<string>();
  readonly triedForeign = new Set<string>();
  /** Entries of the tables that an answer has shown to be needed. */
  readonly seenOpen = new Set<string>();

  constructor(
    readonly door: Door,
    private readonly kept: KeptState,
  ) {}

  /** Every request about the tender by who may send it: refused out of its time, and queries answered in it. */
  outOfTime(scene: Scene): Promise<string[]> {
    return this.each(variantsOf(TENDER_FACES), async (variant) => {
      const { face, envelope, label } = variant;
      const times = timesOf(face, envelope);
      if (!times) return [`${label} is missing in the table of stages`];
      const isInTime = times.includes(scene.walk.stage);
      if (isInTime && face.kind === 'command') return [];
      const { person, body } = scene.right(variant);
      const { code, body: answer } = await this.send(face, body, person);
      if (isInTime) return code === null ? [] : [`${label} in its time: ${code}`];
      const isRefusal = (OUT_OF_TIME as readonly (string | null)[]).includes(code);
      const named = (answer['details'] as Json | undefined)?.['stage'];
      const isNamed = code !== 'tender.wrong-stage' || named === scene.walk.stage;
      return isRefusal && isNamed ? [] : [`${label} out of time: ${code}, naming ${String(named)}`];
    });
  }

  /** Every id of every request replaced by one of nothing, sent by who may send the request at its time. */
  unknownIds(scene: Scene, faces: readonly Face[]): Promise<string[]> {
    return this.each(variantsOf(faces), async (variant) => {
      const faults: string[] = [];
      for (const { leaf, body, person, label } of this.idTrials(scene, variant)) {
        const unknown = withValue(body, leaf, leaf.unknown);
        if (!unknown) continue;
        this.triedUnknown.add(label);
        const { code } = await this.send(variant.face, unknown, person);
        if (code === null) this.seenOpen.add(label);
        const isRight =
          code === null ? label in ANSWERED_FOR_UNKNOWN : UNKNOWN_CODES[leaf.name]?.includes(code);
        if (!isRight) faults.push(`${label} unknown: ${code}`);
      }
      return faults;
    });
  }

  /** Ids of another tender used in this one: the answer is that to an id of nothing. */
  foreignIds(scene: Scene, other: Scene): Promise<string[]> {
    return this.each(variantsOf(TENDER_FACES), async (variant) => {
      const { face } = variant;
      const faults: string[] = [];
      for (const { leaf, body, person, label } of this.idTrials(scene, variant)) {
        const foreign = leaf.name === 'tenderId' ? undefined : other.known(face, leaf.name);
        const bodies = foreign ? [foreign, leaf.unknown].map((id) => withValue(body, leaf, id)) : [];
        if (!foreign || !bodies[0] || !bodies[1]) continue;
        this.triedForeign.add(label);
        const toForeign = told(await this.send(face, bodies[0], person), foreign);
        const toUnknown = told(await this.send(face, bodies[1], person), leaf.unknown);
        if (toForeign !== toUnknown) faults.push(`${label}: ${toForeign} instead of ${toUnknown}`);
      }
      return faults;
    });
  }

  /** Every request by everyone who may send such requests and has no part in what this one names. */
  others(scene: Scene, faces: readonly Face[]): Promise<string[]> {
    return this.each(variantsOf(faces), async (variant) => {
      const { face, label } = variant;
      if (NOTHING_OWNED.has(face)) return [];
      const { body } = scene.right(variant);
      const owned = pathNames(face)[0]!;
      const isDraft = namesTender(face) && scene.walk.stage === 'draft';
      const table = isDraft ? OPEN_DRAFTS : OPEN_TO_OTHERS;
      const faults: string[] = [];
      for (const caller of callersOf(face)) {
        const isOpen = table.get(face)?.to.includes(caller) ?? false;
        if (isOpen && face.kind === 'command') continue;
        const person = caller === 'nobody' ? undefined : scene.outsiders[caller];
        const answer = await this.send(face, body, person);
        if (answer.code === null && isOpen) this.seenOpen.add(`${idOf(face)} ${caller}`);
        if (answer.code === null && !isOpen) faults.push(`${label} answers ${caller}`);
        if (answer.code === null || isOpen || (namesTender(face) && !isDraft)) continue;
        const leaf = idLeavesOf(face).find(({ name }) => name === owned)!;
        const toUnknown = told(
          await this.send(face, withValue(body, leaf, leaf.unknown)!, person),
          leaf.unknown,
        );
        const toOther = told(answer, body[owned] as string);
        if (toOther !== toUnknown) faults.push(`${label} tells ${caller} ${toOther} instead of ${toUnknown}`);
      }
      return faults;
    });
  }

  /** Sends and says what was wrong with it, if anything; state is compared by {@link Probe.each}. */
  async send(face: Face, body: Json, person: Person | undefined): Promise<Answer> {
    return this.door.send(face, body, { cookie: person?.cookie });
  }

  /** Runs a probe for each variant; what the door does not let pass and what changed something are faults. */
  async each(
    variants: readonly Variant[],
    probe: (variant: Variant) => Promise<readonly string[]>,
  ): Promise<string[]> {
    const faults: string[] = [];
    let before = await this.kept.read();
    for (const variant of variants) {
      try {
        faults.push(...(await probe(variant)));
      } catch (error) {
        faults.push(`${variant.label}: ${error instanceof Error ? error.message : String(error)}`);
      }
      const after = await this.kept.read();
      if (after !== before) faults.push(`${variant.label} changed something`);
      before = after;
    }
    return faults;
  }

  /** The ids of a request that can be tried now: the tender's always, others where the request is in its time. */
  private idTrials(scene: Scene, variant: Variant) {
    const { face, envelope } = variant;
    const { person, body } = scene.right(variant);
    const isInTime = !namesTender(face) || isTimed(face, envelope, scene);
    return idLeavesOf(face)
      .filter(({ name }) => isInTime || name === 'tenderId')
      .map((leaf: IdLeaf) => ({ leaf, body, person, label: `${idOf(face)} ${leaf.path.join('.')}` }));
  }
}

const isTimed = (contract: RequestContract, envelope: EnvelopeId | null, { walk }: Scene): boolean =>
  timesOf(contract, envelope)?.includes(walk.stage) ?? false;

const callersOf = ({ access }: Face): readonly Caller[] =>
  access === 'public' || access === 'signed-in' ? EVERYONE : access === 'internal' ? [] : access;

/** Every `service.verb-noun leaf` that contracts have. */
export const allIdLeaves = (): string[] =>
  FACES.flatMap((face) => idLeavesOf(face).map(({ path }) => `${idOf(face)} ${path.join('.')}`));
