import { bytesEqual } from '#kernel';
import {
  Frontier,
  type NoteVerifier,
  openCheckpoint,
  type OpenedCheckpoint,
  parseWitnessPolicy,
  verifierFromKey,
  verifiersWith,
  type WitnessPolicy,
  witnessedAt,
} from '#ledger';
import { nodeSha256 as sha256 } from '#ledger/node';
import { asFault, findBackDated, LedgerFault, readGrowth, type Sighting } from '#verify';
import { keepCheckpoint, keepEvidence, readKept } from './kept-folder.js';
import type { LogSource } from './log-source.js';
import { readNote } from './newest-checkpoint.js';
import { verifyLedgerAt } from './verify-ledger-at.js';

export interface MonitorSettings {
  readonly source: LogSource;
  /** Everything seen is kept here; the ledger is held against it again at each start. */
  readonly keptFolder: string;
  readonly ledgerKey?: string;
  readonly policyText?: string;
  readonly silentAfterMs: number;
  readonly quorumWithinMs: number;
  readonly enteredWithinMs: number;
}

export type MonitorNews =
  | { readonly event: 'verified' | 'grown'; readonly size: number; readonly root: string }
  | { readonly event: 'cleared'; readonly code: string }
  | {
      readonly event: 'alarm';
      readonly code: string;
      readonly file: string;
      readonly reason: string;
      /** Nothing that comes after it can be believed. */
      readonly isFinal: boolean;
    };

/** What is known since the whole ledger was verified. */
interface Known {
  readonly verifiers: readonly NoteVerifier[];
  frontier: Frontier;
  latest: Sighting;
  /** Text of the checkpoint that was kept last, and whether it was kept with its quorum. */
  kept: { readonly text: string; readonly isWitnessed: boolean };
}

/** Not the ledger's fault for certain, or not the end of it: told once, and once more when it is over. */
const PASSING = new Set(['ledger.silent', 'ledger.witness-quorum-missing', 'entry.back-dated']);

/**
 * Follows a ledger: verifies all of it once, then each step, and tells what is wrong. It never forgets what it saw: a
 * checkpoint that the ledger signed is kept before it is judged.
 */
export class LedgerMonitor {
  private readonly policy: WitnessPolicy | undefined;
  private readonly ringing = new Set<string>();
  private known: Known | undefined;
  private grownAtMs: number;
  private witnessedAtMs: number;

  constructor(
    private readonly settings: MonitorSettings,
    nowMs: number,
  ) {
    const { policyText } = settings;
    this.policy = policyText === undefined ? undefined : parseWitnessPolicy(policyText);
    this.grownAtMs = nowMs;
    this.witnessedAtMs = nowMs;
  }

  /** Looks once. A ledger that cannot be reached is silent; what is found wrong is an alarm, never an exception. */
  async look(nowMs: number): Promise<MonitorNews[]> {
    let news: MonitorNews[] = [];
    try {
      news = await (this.known ? this.step(this.known, nowMs) : this.begin(nowMs));
    } catch (error) {
      if (error instanceof LedgerFault && !isUnread(error)) {
        return this.ring(error.code, error.file, error.reason);
      }
      // Not reached, or only in part: it may answer at the next look.
    }
    return [...news, ...this.quiet(nowMs)];
  }

  private async begin(nowMs: number): Promise<MonitorNews[]> {
    const { source, keptFolder, ledgerKey, enteredWithinMs } = this.settings;
    const { report, log } = await verifyLedgerAt({
      source,
      keptFolders: [keptFolder],
      ...(ledgerKey === undefined ? {} : { ledgerKey }),
      enteredWithinMs,
      waitForQuorumMs: 0,
    });
    const logVerifiers = [verifierFromKey(report.ledgerKey.key)];
    const { size, root } = report;
    const seen = (await readKept(keptFolder)).find((one) => one.note === report.checkpoint)?.seenAtMs;
    this.grownAtMs = seen ?? nowMs;
    const verifiers = this.policy ? verifiersWith(this.policy, logVerifiers) : logVerifiers;
    const opened = openCheckpoint(report.checkpoint, verifiers);
    this.known = {
      verifiers,
      kept: { text: opened.text, isWitnessed: this.isWitnessed(opened) },
      frontier: Frontier.EMPTY.appendAll(
        log.entries.map(({ leafHash }) => leafHash),
        sha256,
      ),
      latest: { size, atMs: nowMs, by: 'the clock of this monitor' },
    };
    await keepCheckpoint(keptFolder, report.checkpoint, nowMs);
    this.watchQuorum(opened, nowMs);
    return [{ event: 'verified', size, root }];
  }

  private async step(known: Known, nowMs: number): Promise<MonitorNews[]> {
    const { source, enteredWithinMs } = this.settings;
    const note = await readNote(source);
    const opened = await this.open(note, known, nowMs);
    await this.keep(known, opened, note, nowMs);
    requireOnward(opened, known.frontier);
    this.watchQuorum(opened, nowMs);
    if (opened.size === known.frontier.size) return [];
    const { frontier, entries } = await readGrowth(source.readFile, known.frontier, opened);
    const backDated = findBackDated(entries, [known.latest], enteredWithinMs);
    known.frontier = frontier;
    known.latest = { ...known.latest, size: opened.size, atMs: nowMs };
    this.grownAtMs = nowMs;
    const root = Buffer.from(opened.root).toString('base64');
    const late = backDated
      ? this.ring('entry.back-dated', 'checkpoint', `entry ${backDated.index} says ${backDated.at}`)
      : this.clear('entry.back-dated');
    return [{ event: 'grown', size: opened.size, root }, ...late];
  }

  private async open(note: string, { verifiers }: Known, nowMs: number): Promise<OpenedCheckpoint> {
    try {
      return await asFault('checkpoint', () => openCheckpoint(note, verifiers));
    } catch (error) {
      await keepEvidence(this.settings.keptFolder, note, nowMs);
      throw error;
    }
  }

  private watchQuorum(opened: OpenedCheckpoint, nowMs: number): void {
    if (this.isWitnessed(opened)) this.witnessedAtMs = nowMs;
  }

  private isWitnessed(opened: OpenedCheckpoint): boolean {
    return this.policy !== undefined && witnessedAt(this.policy, opened) !== undefined;
  }

  /** Once plain and once with the quorum: witnesses cosign the same again and again, which is no news. */
  private async keep(known: Known, opened: OpenedCheckpoint, note: string, nowMs: number): Promise<void> {
    const { text } = opened;
    const isWitnessed = this.isWitnessed(opened);
    if (text === known.kept.text && (known.kept.isWitnessed || !isWitnessed)) return;
    await keepCheckpoint(this.settings.keptFolder, note, nowMs);
    known.kept = { text, isWitnessed };
  }

  /** What did not happen for too long. */
  private quiet(nowMs: number): MonitorNews[] {
    const { silentAfterMs, quorumWithinMs } = this.settings;
    const since = (ms: number): string => `since ${new Date(ms).toISOString()}`;
    return [
      ...(nowMs - this.grownAtMs > silentAfterMs
        ? this.ring('ledger.silent', 'checkpoint', `no new entry could be read ${since(this.grownAtMs)}`)
        : this.clear('ledger.silent')),
      ...(this.policy && nowMs - this.witnessedAtMs > quorumWithinMs
        ? this.ring(
            'ledger.witness-quorum-missing',
            'checkpoint',
            `no quorum of witnesses has cosigned ${since(this.witnessedAtMs)}`,
          )
        : this.clear('ledger.witness-quorum-missing')),
    ];
  }

  private ring(code: string, file: string, reason: string): MonitorNews[] {
    if (this.ringing.has(code)) return [];
    this.ringing.add(code);
    return [{ event: 'alarm', code, file, reason, isFinal: !PASSING.has(code) }];
  }

  private clear(code: string): MonitorNews[] {
    return this.ringing.delete(code) ? [{ event: 'cleared', code }] : [];
  }
}

/** A file of the ledger could not be read: whether it is gone or only not answered for shows at a later look. */
const isUnread = ({ code, details }: LedgerFault): boolean =>
  code === 'log.truncated' && typeof details['path'] === 'string';

function requireOnward({ size, root }: OpenedCheckpoint, known: Frontier): void {
  if (size < known.size) {
    const reason = `it signs ${size} entries and had signed ${known.size}`;
    throw new LedgerFault('checkpoint', reason, 'ledger.rewound', { size, known: known.size });
  }
  if (size === known.size && !bytesEqual(root, known.root(sha256))) {
    throw new LedgerFault('checkpoint', `it signs two roots for ${size} entries`, 'ledger.forked', { size });
  }
}
