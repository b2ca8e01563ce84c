import { jcsBytes } from '#kernel';
import {
  createSigner,
  defaultSha256,
  filesForAppend,
  Frontier,
  leafHash,
  type Sha256,
  signCheckpoint,
  verifyLog,
} from '#ledger';
import { nodeSha256 } from '#ledger/node';
import { measure } from './measure.js';

const ENTRIES = 20_000;

const HASHERS: readonly (readonly [string, Sha256])[] = [
  ['native', nodeSha256],
  ['portable', defaultSha256],
];

/** About 600 bytes each, as acts have; with the title in Chinese, which costs more to check. */
function entriesOf(text: string): Uint8Array[] {
  return Array.from({ length: ENTRIES }, (_, seq) =>
    jcsBytes({
      v: 1,
      type: 'bench.entry-made',
      at: '2026-11-24T00:00:00.000Z',
      producer: 'bench',
      seq: seq + 1,
      region: '630100',
      tender: null,
      actor: null,
      data: { text },
    }),
  );
}

/** Verifying a whole log offline beside hashing its entries once (R10), and writing it beside the same. */
export async function ledgerFilesBench(): Promise<void> {
  for (const [hasher, sha256] of HASHERS) {
    await benchOf(hasher, sha256, 'x'.repeat(400));
  }
  await benchOf('native, Chinese', nodeSha256, '标'.repeat(133));
}

async function benchOf(hasher: string, sha256: Sha256, text: string): Promise<void> {
  const entries = entriesOf(text);
  const files = new Map<string, Uint8Array>();
  const write = async (): Promise<void> => {
    files.clear();
    const readTile = async (path: string) => files.get(path);
    for (let at = 0; at < ENTRIES; at += 256) {
      const batch = entries.slice(at, at + 256);
      for await (const { path, bytes } of filesForAppend({ readTile, oldSize: at, entries: batch, sha256 }))
        files.set(path, bytes);
    }
  };
  const hashAll = (): void => {
    for (const entry of entries) sha256(entry);
  };
  const hashTree = (): Frontier =>
    Frontier.EMPTY.appendAll(
      entries.map((entry) => leafHash(entry, sha256)),
      sha256,
    );
  await write();
  const signer = createSigner('bench', new Uint8Array(32).fill(1));
  const checkpoint = { origin: 'bench', size: ENTRIES, root: hashTree().root(sha256) };
  files.set('checkpoint', new TextEncoder().encode(signCheckpoint(checkpoint, signer)));
  const kept = new Map(files);
  const readFile = async (path: string): Promise<Uint8Array> =>
    kept.get(path) ?? Promise.reject(new Error(path));
  const verify = async (): Promise<void> =>
    void (await verifyLog({ readFile, verifiers: [signer.verifier], sha256 }));
  const count = { count: ENTRIES, unit: 'entries' };
  const entriesAlone = { limitName: 'hashing the entries', limit: hashAll, ...count };
  const wholeTree = { limitName: 'hashing the tree', limit: () => void hashTree(), ...count };
  await measure({ name: `ledger: write (${hasher})`, ours: write, ...entriesAlone });
  await measure({ name: `ledger: verify (${hasher})`, ours: verify, ...entriesAlone });
  await measure({ name: `ledger: verify (${hasher})`, ours: verify, ...wholeTree });
}
