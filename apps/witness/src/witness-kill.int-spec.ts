import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  cosignerVerifierFromKey,
  formatAddCheckpoint,
  openCheckpoint,
  readCosignatures,
  readWitnessSize,
  TileReader,
} from '#ledger';
import { toHex } from '#kernel';
import { LogBuilder, openEntry } from '../../../libs/ledger/test-support/log-builder.js';
import { type WitnessFiles, WitnessProcess } from '../../../test/support/witness-process.js';

const KILLS = 100;
const SIZES = 400;
const COMMON = 3;

/** One history of a log whose operator tells two: the same key, the same beginning, other entries after it. */
interface History {
  readonly log: LogBuilder;
  readonly notes: ReadonlyMap<number, string>;
}

async function history(teller: string): Promise<History> {
  const log = new LogBuilder();
  const notes = new Map<number, string>();
  for (let size = 1; size <= SIZES; size++) {
    notes.set(size, await log.append([openEntry(size, size <= COMMON ? {} : { type: `told-to-${teller}` })]));
  }
  return { log, notes };
}

const pause = (ms: number): Promise<void> => new Promise((wait) => setTimeout(wait, ms));

async function untilTrue(holds: () => boolean): Promise<void> {
  while (!holds()) await pause(1);
}

/** What one teller got signed: roots by size. */
type Signed = Map<number, Set<string>>;

describe('a witness that is killed over and over', () => {
  let folder: string;
  let files: WitnessFiles;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sunseal-witness-'));
    files = {
      name: 'witness.test/w',
      logs: join(folder, 'logs'),
      key: join(folder, 'key.pem'),
      data: join(folder, 'data'),
    };
    writeFileSync(files.logs, `log ${new LogBuilder().signer.verifierKey}\nquorum none\n`);
    const { privateKey } = generateKeyPairSync('ed25519');
    writeFileSync(files.key, privateKey.export({ type: 'pkcs8', format: 'pem' }));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it(`signs one root a size through ${KILLS} kills, however hard two histories are pressed on it`, async () => {
    const histories = [await history('one'), await history('other')];
    const signed: Signed = new Map();
    let [kills, known, answered] = [0, 0, 0];
    while (kills < KILLS) {
      const witness = await WitnessProcess.start(files);
      const heard: true[] = [];
      const pressing = histories.map((each) => press(witness, each, signed, () => void heard.push(true)));
      // Every fifth dies at any moment of its beginning, the others at any moment of their work.
      if (kills % 5 !== 0) await untilTrue(() => heard.length >= 2);
      await pause((kills * 7) % 60);
      await witness.kill();
      kills += 1;
      const seen = await Promise.all(pressing);
      answered += seen.reduce((sum, { count }) => sum + count, 0);
      // Never behind what it had answered for before.
      const least = Math.min(...seen.flatMap(({ first }) => (first === undefined ? [] : [first])));
      if (Number.isFinite(least)) expect(least).toBeGreaterThanOrEqual(known);
      known = Math.max(known, ...signed.keys());
    }
    expect([...signed].filter(([, roots]) => roots.size > 1)).toEqual([]);
    expect(answered).toBeGreaterThan(KILLS);
    expect(known).toBeGreaterThan(COMMON);
  }, 1_800_000);

  it('is alone in its folder, also while another starts', async () => {
    const first = await WitnessProcess.start(files);
    await expect(WitnessProcess.start(files)).rejects.toThrow('witness.folder-in-use');
    await first.kill();
    const starts = await Promise.allSettled(Array.from({ length: 3 }, () => WitnessProcess.start(files)));
    const running = starts.flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
    expect(running).toHaveLength(1);
    await running[0]!.kill('SIGTERM');
  }, 600_000);
});

/** Sends checkpoint after checkpoint of one history until the witness is gone. */
async function press(
  witness: WitnessProcess,
  { log, notes }: History,
  signed: Signed,
  onAnswer: () => void,
): Promise<{ first: number | undefined; count: number }> {
  const verifier = cosignerVerifierFromKey(witness.verifierKey);
  let [oldSize, count] = [0, 0];
  let first: number | undefined;
  for (;;) {
    const size = Math.min(oldSize + 1, SIZES);
    const checkpoint = notes.get(size)!;
    const proof =
      oldSize === 0 || oldSize === size
        ? []
        : await new TileReader(log.readFile, size).consistencyProof(oldSize);
    let status: number;
    let text: string;
    try {
      const answer = await fetch(`${witness.address}/add-checkpoint`, {
        method: 'POST',
        body: formatAddCheckpoint({ oldSize, proof, checkpoint }),
      });
      [status, text] = [answer.status, await answer.text()];
    } catch {
      return { first, count };
    }
    count += 1;
    onAnswer();
    if (status === 200) {
      readCosignatures(checkpoint, text, [verifier]);
      const { root } = openCheckpoint(checkpoint, [log.signer.verifier]);
      signed.set(size, (signed.get(size) ?? new Set()).add(toHex(root)));
      oldSize = size;
    } else if (status === 409 && /^\d+\n$/.test(text)) {
      oldSize = readWitnessSize(text);
      first ??= oldSize;
    } else if (status === 422 || status === 409) {
      // It stands by the other history; the other teller goes on.
      await new Promise((wait) => setTimeout(wait, 5));
      oldSize = 0;
    } else {
      throw new Error(`${status}: ${text}`);
    }
  }
}
