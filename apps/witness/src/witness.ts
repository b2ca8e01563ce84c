import {
  type Cosigner,
  decideAddCheckpoint,
  type NoteVerifier,
  openCheckpoint,
  type ReadAddCheckpoint,
  type WitnessAnswer,
} from '#ledger';
import { nodeSha256 as sha256 } from '#ledger/node';
import { bytesEqual } from '#kernel';
import type { EvidenceKind, Remembered, WitnessMemory } from './witness-memory.js';

export interface WitnessParts {
  readonly memory: WitnessMemory;
  readonly cosigner: Cosigner;
  /** Keys of the logs that it watches; a key's name is the origin. */
  readonly verifiers: readonly NoteVerifier[];
  readonly unixSeconds: () => number;
}

export interface WatchedLog {
  readonly origin: string;
  readonly verifierKeys: readonly string[];
  /** Null before the first checkpoint. */
  readonly size: number | null;
  /** How often the log was seen to sign two roots for one size. */
  readonly forks: number;
}

/**
 * A witness of c2sp.org/tlog-witness: cosigns what continues what it cosigned before, and nothing else, ever. One
 * request after the other for each log; the new state is durable before the answer is given, so that a kill at any
 * point leaves at most a state whose cosignature nobody has.
 */
export class Witness {
  private readonly turns = new Map<string, Promise<unknown>>();

  constructor(private readonly parts: WitnessParts) {}

  get verifierKey(): string {
    return this.parts.cosigner.verifier.verifierKey;
  }

  /** Throws `witness.state-malformed`, or what the disk refuses with; then nothing was signed. */
  addCheckpoint(request: ReadAddCheckpoint): Promise<WitnessAnswer> {
    const { origin } = request.claimed;
    // Unknown origins have no turn: anybody could make up any number of them.
    if (!this.parts.verifiers.some(({ name }) => name === origin)) {
      return Promise.resolve(this.decide(request, undefined).answer);
    }
    const before = this.turns.get(origin) ?? Promise.resolve();
    const turn = before.catch(() => undefined).then(() => this.answer(request));
    this.turns.set(origin, turn);
    return turn;
  }

  async watched(): Promise<WatchedLog[]> {
    const origins = [...new Set(this.parts.verifiers.map(({ name }) => name))];
    return Promise.all(
      origins.map(async (origin) => ({
        origin,
        verifierKeys: this.parts.verifiers
          .filter(({ name }) => name === origin)
          .map(({ verifierKey }) => verifierKey),
        size: (await this.parts.memory.load(origin))?.size ?? null,
        forks: await this.parts.memory.countEvidence('fork', origin),
      })),
    );
  }

  private async answer(request: ReadAddCheckpoint): Promise<WitnessAnswer> {
    const { memory } = this.parts;
    const { origin } = request.claimed;
    const stored = await memory.load(origin);
    const { answer, state } = this.decide(request, stored);
    if (state) {
      const isNew = stored === undefined || stored.size !== state.size;
      if (isNew) await memory.keep(origin, { ...state, checkpoint: request.checkpoint });
    } else if (stored) {
      const kind = this.evidenceOf(request, stored, answer);
      if (kind) await memory.keepEvidence(kind, origin, stored, request.checkpoint);
    }
    return answer;
  }

  private decide(request: ReadAddCheckpoint, stored: Remembered | undefined) {
    const { verifiers, cosigner, unixSeconds } = this.parts;
    return decideAddCheckpoint({
      request,
      stored,
      verifiers,
      cosigners: [cosigner],
      unixSeconds: unixSeconds(),
      sha256,
    });
  }

  /** Only what the log itself signed speaks against it. */
  private evidenceOf(
    request: ReadAddCheckpoint,
    stored: Remembered,
    { status }: WitnessAnswer,
  ): EvidenceKind | undefined {
    if (status !== 409 && status !== 422 && status !== 400) return undefined;
    const trusted = this.parts.verifiers.filter(({ name }) => name === request.claimed.origin);
    const { size, root } = openCheckpoint(request.checkpoint, trusted);
    if (size === stored.size && !bytesEqual(root, stored.root)) return 'fork';
    return status === 422 ? 'unproven' : undefined;
  }
}
