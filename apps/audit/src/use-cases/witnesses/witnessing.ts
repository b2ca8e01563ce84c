import { DomainError, utf8 } from '#kernel';
import {
  addSignatures,
  NO_QUORUM,
  openCheckpoint,
  parseNote,
  parseWitnessPolicy,
  policySha256,
  type PolicyWitness,
  TileReader,
  type VerifiedSignature,
  verifiersWith,
  witnessedAt,
  type WitnessPolicy,
} from '#ledger';
import { nodeSha256 } from '#ledger/node';
import type { NoteVerifier } from '#ledger';
import type { Log } from '#service';
import type { ObjectStore } from '#storage';
import type { LedgerHead } from '../ledger.port.js';
import { askWitness, type PostToWitness, type Target } from './ask-witness.js';
import type { Cosignatures } from './cosignatures.port.js';

type Reachable = PolicyWitness & { readonly url: string };

export interface WitnessingParts {
  /** Text of the policy file. */
  readonly policyText: string;
  readonly logVerifier: NoteVerifier;
  readonly rows: Cosignatures;
  readonly store: ObjectStore;
  readonly post: PostToWitness;
  readonly log: Log;
}

export interface RoundResult {
  readonly size: number;
  /** Undefined while the quorum is missing. */
  readonly witnessedAt: number | undefined;
  /** Names, in the policy, of witnesses that have not cosigned this size. */
  readonly missing: readonly string[];
}

/**
 * Brings checkpoints to the witnesses of a policy and keeps what they cosign. Nothing of the ledger's writing waits
 * for it: a witness that is slow is left behind, and asked again when it has answered.
 */
export class Witnessing {
  readonly policy: WitnessPolicy;
  readonly policySha256: string;
  /** Sizes that witnesses are known to have cosigned, by name; a wrong one is put right by the witness. */
  private readonly known = new Map<string, number>();
  private readonly busy = new Set<string>();
  private keeping: Promise<unknown> = Promise.resolve();
  private publishing: Promise<unknown> = Promise.resolve();
  /** What this process published last; nothing before it has. */
  published: LedgerHead | undefined;

  /** Refuses with `witness.policy-malformed` what is no policy, asks for nobody, or is of other logs. */
  constructor(private readonly parts: WitnessingParts) {
    this.policy = parseWitnessPolicy(parts.policyText);
    this.policySha256 = policySha256(parts.policyText);
    const { logs, quorum } = this.policy;
    const isOfOthers =
      logs.length > 0 && !logs.some(({ verifier }) => verifier.verifierKey === parts.logVerifier.verifierKey);
    if (quorum === NO_QUORUM || isOfOthers) {
      throw new DomainError(
        'witness.policy-malformed',
        'The policy of a ledger names a quorum, and among its logs, if any, this one.',
      );
    }
  }

  get rows(): Cosignatures {
    return this.parts.rows;
  }

  /** Tenders name the policy by its hash: its text is kept from the first moment. */
  async begin(): Promise<void> {
    await this.rows.keepPolicy(this.policySha256, this.parts.policyText);
  }

  /** One publication after the other: what is shown never goes back to an earlier head. */
  publish(show: () => Promise<LedgerHead | undefined>): Promise<void> {
    const shown = this.publishing.then(async () => {
      this.published = (await show()) ?? this.published;
    });
    this.publishing = shown.catch(() => undefined);
    return shown;
  }

  /** The head's checkpoint with every cosignature that there is of it. */
  async cosigned({ size, checkpoint }: LedgerHead): Promise<string> {
    const row = await this.rows.at(size);
    return row && parseNote(row.checkpoint).text === parseNote(checkpoint).text ? row.checkpoint : checkpoint;
  }

  /**
   * Asks every witness that is not still busy, all at once, to cosign the head. Returns as soon as the quorum is
   * there or everyone has answered; who comes later is kept too, and `onKept` is called after each. `isRefresh` asks
   * also those who have cosigned this head, for a later time of theirs.
   */
  async round(head: LedgerHead, onKept: () => Promise<void>, isRefresh = false): Promise<RoundResult> {
    const target = this.targetOf(head);
    const asked = this.reachable().filter(({ name }) => !this.busy.has(name));
    let result = await this.resultOf(head);
    const open = asked.filter(({ name }) => isRefresh || result.missing.includes(name));
    if (open.length === 0) return result;
    await new Promise<void>((done) => {
      const work = open.map(async (witness) => {
        const lines = await this.ask(witness, target);
        if (lines.length === 0) return;
        result = await this.keep(head, lines);
        await onKept();
        if (result.witnessedAt !== undefined) done();
      });
      void Promise.allSettled(work.map((one) => one.catch((error: unknown) => this.warn(error)))).then(() =>
        done(),
      );
    });
    return result;
  }

  private reachable(): Reachable[] {
    return this.policy.witnesses.filter((witness): witness is Reachable => witness.url !== undefined);
  }

  private targetOf({ size, checkpoint }: LedgerHead): Target {
    const readFile = (path: string): Promise<Uint8Array> => this.parts.store.read(`ledger/${path}`);
    const reader = new TileReader(readFile, size, nodeSha256);
    return { size, checkpoint, proofFrom: (oldSize) => reader.consistencyProof(oldSize) };
  }

  /** No line where the witness does not cosign: why is in the log. */
  private async ask(witness: Reachable, target: Target): Promise<readonly VerifiedSignature[]> {
    const { name } = witness;
    this.busy.add(name);
    try {
      const lines = await askWitness(witness, target, this.known.get(name) ?? 0, this.parts.post);
      this.known.set(name, target.size);
      return lines;
    } catch (error) {
      this.warn(error, name);
      return [];
    } finally {
      this.busy.delete(name);
    }
  }

  /** One after the other, so that no line is lost. */
  private keep(head: LedgerHead, lines: readonly VerifiedSignature[]): Promise<RoundResult> {
    const kept = this.keeping.then(async () => {
      const checkpoint = addSignatures(await this.cosigned(head), lines);
      const result = this.judge(head.size, checkpoint);
      await this.rows.keep({ size: head.size, checkpoint, witnessedAt: result.witnessedAt ?? null });
      return result;
    });
    this.keeping = kept.catch(() => undefined);
    return kept;
  }

  private async resultOf(head: LedgerHead): Promise<RoundResult> {
    return this.judge(head.size, await this.cosigned(head));
  }

  private judge(size: number, checkpoint: string): RoundResult {
    const { policy } = this;
    const opened = openCheckpoint(checkpoint, verifiersWith(policy, [this.parts.logVerifier]));
    const signed = new Set(opened.signatures.map(({ verifier }) => verifier.verifierKey));
    const missing = policy.witnesses
      .filter(({ verifier }) => !signed.has(verifier.verifierKey))
      .map(({ name }) => name);
    return { size, witnessedAt: witnessedAt(policy, opened), missing };
  }

  private warn(error: unknown, witness?: string): void {
    this.parts.log.warn({ error, witness }, 'a witness did not cosign');
  }
}

/** Bytes of the published checkpoint. */
export const publishedCheckpoint = async (
  head: LedgerHead,
  witnessing: Witnessing | undefined,
): Promise<Uint8Array> => utf8(witnessing ? await witnessing.cosigned(head) : head.checkpoint);
