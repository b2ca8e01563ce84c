import { utf8 } from '#kernel';
import {
  createSigner,
  encodeEntry,
  filesForAppend,
  signCheckpoint,
  TileReader,
  type Entry,
  type OpenEntry,
} from '../src/index.js';

const ORIGIN = 'ledger.example/test';

export const openEntry = (seq: number, changes: Partial<OpenEntry> = {}): OpenEntry => ({
  v: 1,
  type: 'tender-published',
  at: '2026-01-02T03:04:05.678Z',
  producer: 'tendering',
  seq,
  region: '330100',
  tender: null,
  actor: null,
  data: { n: seq },
  ...changes,
});

/** A log in memory, written as a program writes it. Files may be changed afterwards to play the forger. */
export class LogBuilder {
  readonly signer = createSigner(ORIGIN, new Uint8Array(32).fill(7));
  readonly files = new Map<string, Uint8Array>();
  size = 0;

  readonly readFile = async (path: string): Promise<Uint8Array> => {
    const bytes = this.files.get(path);
    if (!bytes) throw new Error(`no ${path}`);
    return bytes;
  };

  /** Stores what appending adds, and gives the new root. */
  async appendBytes(entries: readonly Uint8Array[]): Promise<Uint8Array> {
    const readTile = async (path: string): Promise<Uint8Array | undefined> => this.files.get(path);
    for await (const { path, bytes } of filesForAppend({ readTile, oldSize: this.size, entries })) {
      this.files.set(path, bytes);
    }
    this.size += entries.length;
    return new TileReader(this.readFile, this.size).root();
  }

  /** Appends and signs; returns the checkpoint. */
  async append(entries: readonly Entry[]): Promise<string> {
    const root = await this.appendBytes(entries.map(encodeEntry));
    const checkpoint = signCheckpoint({ origin: ORIGIN, size: this.size, root }, this.signer);
    this.files.set('checkpoint', utf8(checkpoint));
    return checkpoint;
  }
}
