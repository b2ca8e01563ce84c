import { createHash } from 'node:crypto';
import { jcsBytes } from '#kernel';
import { createSigner, filesForAppend, Frontier, leafHash, signCheckpoint, verifyLog } from '#ledger';
import { measure } from './measure.js';

const ENTRIES = 20_000;
const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

/** Verifying a whole log offline beside hashing its entries once (R10), and writing it beside the same. */
export async function ledgerBench(): Promise<void> {
  const entries = Array.from({ length: ENTRIES }, (_, seq) =>
    jcsBytes({
      v: 1,
      type: 'bench.entry-made',
      at: '2026-11-24T00:00:00.000Z',
      producer: 'bench',
      seq: seq + 1,
      region: '630100',
      tender: null,
      actor: null,
      data: { text: 'x'.repeat(400) },
    }),
  );
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
  await write();
  const signer = createSigner('bench', new Uint8Array(32).fill(1));
  const root = Frontier.EMPTY.appendAll(
    entries.map((entry) => leafHash(entry, sha256)),
    sha256,
  ).root(sha256);
  files.set(
    'checkpoint',
    new TextEncoder().encode(signCheckpoint({ origin: 'bench', size: ENTRIES, root }, signer)),
  );
  const readFile = async (path: string): Promise<Uint8Array> =>
    files.get(path) ?? Promise.reject(new Error(path));
  const kept = new Map(files);
  await measure({
    name: 'ledger: tiles of 256 a batch',
    ours: write,
    limitName: 'hashing the entries',
    limit: hashAll,
    count: ENTRIES,
    unit: 'entries',
  });
  for (const [path, bytes] of kept) files.set(path, bytes);
  await measure({
    name: 'ledger: verify the whole log',
    ours: async () => void (await verifyLog({ readFile, verifiers: [signer.verifier], sha256 })),
    limitName: 'hashing the entries',
    limit: hashAll,
    count: ENTRIES,
    unit: 'entries',
  });
}
