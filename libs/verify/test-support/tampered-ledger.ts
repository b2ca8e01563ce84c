import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { utf8 } from '#kernel';
import {
  addSignatures,
  createCosigner,
  createSigner,
  encodeEntry,
  type Entry,
  formatCheckpoint,
  formatProofFile,
  openCheckpoint,
  parseNote,
  signNote,
  TileReader,
} from '#ledger';
import { LogBuilder, openEntry } from '../../ledger/test-support/log-builder.js';
import { decodeEntryBundle, encodeEntryBundle } from '../../ledger/src/tile-bytes.js';

/** Unix seconds of the first entry; entry n follows n seconds later, and each checkpoint is cosigned at its size. */
export const T0 = 1_767_300_000;
const SIZES = [100, 256, 600];
const RECEIPTS = [0, 255, 599];
const witnesses = [1, 2].map((n) => createCosigner(`w${n}.test/w`, new Uint8Array(32).fill(n)));
export const policy = [
  ...witnesses.map(({ verifier }, n) => `witness w${n + 1} ${verifier.verifierKey}`),
  'group all all w1 w2',
  'quorum all',
  '',
].join('\n');

export const isoAt = (seconds: number): string => new Date(seconds * 1000).toISOString();
export const actsAt = (from: number, to: number): Entry[] =>
  Array.from({ length: to - from }, (_, i) => openEntry(from + i + 1, { at: isoAt(T0 + from + i) }));
export const cosign = (note: string, seconds: number): string =>
  addSignatures(
    note,
    witnesses.map((witness) => witness.sign(parseNote(note).text, seconds)),
  );

/**
 * A ledger of 600 entries in a folder, with checkpoints of 100, 256 and 600 that were seen, cosigned, and receipts of
 * three entries; and what somebody may do to it who has the files, the log's key, or the witnesses on their side.
 */
export class TamperedLedger {
  readonly base = mkdtempSync(join(tmpdir(), 'sunseal-verify-'));
  readonly log = new LogBuilder();
  private readonly sound = join(this.base, 'sound');
  private readonly folder = join(this.base, 'case');

  static async make(): Promise<TamperedLedger> {
    const made = new TamperedLedger();
    await made.build();
    made.restore();
    return made;
  }

  private async build(): Promise<void> {
    const { log, sound } = this;
    for (const size of SIZES) {
      const note = cosign(await log.append(actsAt(log.size, size)), T0 + size);
      this.write(join(sound, 'seen', `${size}.checkpoint`), note);
      log.files.set('checkpoint', utf8(note));
    }
    this.writeLog(join(sound, 'ledger'), log);
    this.write(join(sound, 'policy'), policy);
    for (const index of RECEIPTS) {
      await this.receipt(join(sound, 'receipts'), log, index, actsAt(index, index + 1)[0]!);
    }
  }

  /** As before anything was done. */
  restore(): void {
    rmSync(this.folder, { recursive: true, force: true });
    cpSync(this.sound, this.folder, { recursive: true });
  }
  close(): void {
    rmSync(this.base, { recursive: true, force: true });
  }
  at(path: string): string {
    return join(this.folder, path);
  }
  read(path: string): string {
    return readFileSync(this.at(path), 'utf8');
  }
  write(path: string, content: Uint8Array | string): void {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  drop(path: string): void {
    rmSync(this.at(path), { recursive: true });
  }

  private writeLog(target: string, log: LogBuilder): void {
    for (const [path, bytes] of log.files) this.write(join(target, path), bytes);
    this.write(join(target, 'log.vkey'), `${log.signer.verifierKey}\n`);
  }
  private async receipt(folder: string, log: LogBuilder, index: number, entry: Entry): Promise<void> {
    const proof = await new TileReader(log.readFile, log.size).inclusionProof(index);
    const checkpoint = Buffer.from(log.files.get('checkpoint')!).toString();
    this.write(join(folder, `${index}.entry`), encodeEntry(entry));
    this.write(join(folder, `${index}.tlog-proof`), formatProofFile({ index, proof, checkpoint }));
  }
  /** Puts another log in its place, cosigned: by witnesses that were deceived, or are the forger's own. */
  private replaceBy(log: LogBuilder, seconds: number): void {
    const note = Buffer.from(log.files.get('checkpoint')!).toString();
    log.files.set('checkpoint', utf8(cosign(note, seconds)));
    this.drop('ledger');
    this.writeLog(this.at('ledger'), log);
  }

  flip(path: string, position?: number): void {
    const bytes = readFileSync(this.at(path));
    const where = position ?? bytes.length >> 1;
    bytes[where] = bytes[where]! ^ 1;
    writeFileSync(this.at(path), bytes);
  }
  edit(path: string, from: string, to: string): void {
    writeFileSync(this.at(path), this.read(path).replace(from, to));
  }
  bundle(path: string, change: (entries: Uint8Array[]) => Uint8Array[]): void {
    const width = path.includes('.p/') ? 88 : 256;
    const entries = decodeEntryBundle(readFileSync(this.at(path)), width);
    writeFileSync(this.at(path), encodeEntryBundle(change(entries)));
  }
  signByStranger(): void {
    const key = createSigner(this.log.signer.name, new Uint8Array(32).fill(8));
    const { text } = parseNote(this.read('ledger/checkpoint'));
    writeFileSync(this.at('ledger/checkpoint'), cosign(signNote(text, [key]), T0 + 600));
  }
  /** History before what was seen at 256 is another, signed with the stolen key; only that checkpoint is left. */
  async rewrite(index: number): Promise<void> {
    const forged = new LogBuilder();
    await forged.append(actsAt(0, 600).with(index, openEntry(index + 1, { type: 'forged' })));
    for (const path of ['receipts', 'seen/600.checkpoint']) this.drop(path);
    await this.receipt(this.at('receipts'), forged, 0, actsAt(0, 1)[0]!);
    this.replaceBy(forged, T0 + 700);
  }
  rewind(): void {
    cpSync(this.at('seen/256.checkpoint'), this.at('ledger/checkpoint'));
  }
  async cut(size: number): Promise<void> {
    const shorter = new LogBuilder();
    await shorter.append(actsAt(0, size));
    this.replaceBy(shorter, T0 + 700);
  }
  /** Somebody else was shown another history, and gives the checkpoint of it. */
  async fork(): Promise<void> {
    const forked = new LogBuilder();
    const note = await forked.append(actsAt(0, 400).with(399, openEntry(400, { type: 'told-to-another' })));
    this.write(this.at('seen/other.checkpoint'), note);
  }
  async receiptOfGone(): Promise<void> {
    const gone = new LogBuilder();
    const entry = openEntry(301, { type: 'gone' });
    await gone.append(actsAt(0, 310).with(300, entry));
    await this.receipt(this.at('receipts'), gone, 300, entry);
  }
  async grow(entries: readonly Entry[], raw: readonly Uint8Array[] = []): Promise<void> {
    const longer = new LogBuilder();
    await longer.append(actsAt(0, 600));
    if (raw.length > 0) await longer.appendBytes(raw);
    await longer.append(entries);
    this.replaceBy(longer, T0 + 800);
  }
  dropCosignature(): void {
    const lines = this.read('ledger/checkpoint').split('\n');
    writeFileSync(this.at('ledger/checkpoint'), `${lines.slice(0, -2).join('\n')}\n`);
  }
  lendCosignatures(): void {
    const { signer } = this.log;
    const { size, root, origin } = openCheckpoint(this.read('ledger/checkpoint'), [signer.verifier]);
    const own = signNote(formatCheckpoint({ origin, size, root }), [signer]);
    const borrowed = parseNote(this.read('seen/256.checkpoint')).signatures.slice(1);
    writeFileSync(this.at('ledger/checkpoint'), addSignatures(own, borrowed));
  }
}
