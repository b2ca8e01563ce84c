import { bytesEqual, fromUtf8, utf8 } from '#kernel';
import {
  filesForAppend,
  formatProofFile,
  type NoteSigner,
  openCheckpoint,
  signCheckpoint,
  TileReader,
} from '#ledger';
import { nodeSha256 as sha256 } from '#ledger/node';
import type { ObjectStore } from '#storage';

/** Where the log lies in the store; its files change until a tile is full. */
export const LOG_PREFIX = 'ledger/';
const CHECKPOINT = `${LOG_PREFIX}checkpoint`;

interface Waiting {
  readonly entry: Uint8Array;
  readonly done: (proofFile: string) => void;
  readonly failed: (error: unknown) => void;
}

/**
 * A log of its own, written by one process and readable by anyone as tlog-tiles. What comes while a batch is being
 * written goes into the next one. After a kill it goes on from its checkpoint: what that did not cover was not
 * acknowledged to anybody.
 */
export class MailboxLog {
  private waiting: Waiting[] = [];
  private isWriting = false;

  private constructor(
    private readonly store: ObjectStore,
    private readonly signer: NoteSigner,
    private size: number,
  ) {}

  /** Begins a log, or goes on with one. Throws where what lies there is not what this key signed. */
  static async open(store: ObjectStore, signer: NoteSigner): Promise<MailboxLog> {
    const log = new MailboxLog(store, signer, 0);
    if ((await store.head(CHECKPOINT)) === undefined) {
      await log.sign(0);
      return log;
    }
    const { size, root } = openCheckpoint(fromUtf8(await store.read(CHECKPOINT)), [signer.verifier]);
    if (!bytesEqual(await log.reader(size).root(), root)) {
      throw new Error('the files of the log do not lead to the root that its checkpoint signs');
    }
    log.size = size;
    return log;
  }

  get verifierKey(): string {
    return this.signer.verifierKey;
  }

  /** Enters bytes durably; gives the proof that they are in the log, with the signed checkpoint, once they are. */
  append(entry: Uint8Array): Promise<string> {
    return new Promise((done, failed) => {
      this.waiting.push({ entry, done, failed });
      void this.write();
    });
  }

  private async write(): Promise<void> {
    if (this.isWriting) return;
    this.isWriting = true;
    while (this.waiting.length > 0) {
      const batch = this.waiting;
      this.waiting = [];
      try {
        const proofs = await this.writeBatch(batch.map(({ entry }) => entry));
        for (const [at, { done }] of batch.entries()) done(proofs[at]!);
      } catch (error) {
        for (const { failed } of batch) failed(error);
      }
    }
    this.isWriting = false;
  }

  private async writeBatch(entries: readonly Uint8Array[]): Promise<string[]> {
    const oldSize = this.size;
    const readTile = async (path: string): Promise<Uint8Array | undefined> =>
      (await this.store.head(LOG_PREFIX + path)) ? this.store.read(LOG_PREFIX + path) : undefined;
    for await (const { path, bytes } of filesForAppend({ readTile, oldSize, entries, sha256 })) {
      await this.store.overwrite(LOG_PREFIX + path, bytes);
    }
    const size = oldSize + entries.length;
    const checkpoint = await this.sign(size);
    this.size = size;
    const reader = this.reader(size);
    const proofs: string[] = [];
    for (const at of entries.keys()) {
      const index = oldSize + at;
      proofs.push(formatProofFile({ index, proof: await reader.inclusionProof(index), checkpoint }));
    }
    return proofs;
  }

  private async sign(size: number): Promise<string> {
    const root = await this.reader(size).root();
    const checkpoint = signCheckpoint({ origin: this.signer.name, size, root }, this.signer);
    await this.store.overwrite(CHECKPOINT, utf8(checkpoint));
    return checkpoint;
  }

  private reader(size: number): TileReader {
    return new TileReader((path) => this.store.read(LOG_PREFIX + path), size, sha256);
  }
}
