import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { utf8 } from '#kernel';
import {
  createSigner,
  KEY_ROTATED,
  type NoteSigner,
  type OpenEntry,
  rotationData,
  rotationText,
  signCheckpoint,
  TileReader,
} from '#ledger';
import { FINAL_BIDS_PART_MAX, type FinalBidsPart, finalBidsParts, finalBidsSha256 } from '#sealing';
import { MUTABLE_PREFIXES } from '#service';
import { FileObjectStore } from '#storage';
import { LogBuilder, openEntry } from '../../../../../libs/ledger/test-support/log-builder.js';
import type { SealedTender } from '../../domain/sealed-tender.js';
import { readEnteredClose } from './read-entered-close.js';

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
const list = Array.from({ length: 2 * FINAL_BIDS_PART_MAX + 4 }, (_, at) => digest(`${at}`)).sort();
const parts = finalBidsParts(list);
const tenderId = randomUUID();

const closeAt = (ledgerSize: number) => ({
  tid: digest('tender'),
  closedAt: '2026-12-14T08:00:00.000Z',
  count: list.length / 2,
  manifestCount: list.length,
  manifestsSha256: finalBidsSha256(list),
  ledgerSize,
});

describe('the close record, read from the ledger', () => {
  let folder: string;
  let store: FileObjectStore;
  let log: LogBuilder;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sunseal-close-'));
    store = new FileObjectStore({ root: folder, mutablePrefixes: MUTABLE_PREFIXES });
    log = new LogBuilder();
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const filler = (count: number): OpenEntry[] => Array.from({ length: count }, (_, at) => openEntry(at + 1));
  const entryOf = (type: string, data: object, tender = tenderId): OpenEntry =>
    openEntry(1, { type: `vault.${type}`, producer: 'vault', tender, data: data as never });
  const listed = (some: readonly FinalBidsPart[]): OpenEntry[] =>
    some.map((part) => entryOf('bids-listed', part));

  async function enter(entries: readonly OpenEntry[]): Promise<void> {
    await log.append(entries);
    for (const [path, bytes] of log.files) await store.overwrite(`ledger/${path}`, bytes);
  }

  const read = (ledgerSize: number) =>
    readEnteredClose({ store, requests: undefined as never }, {
      tenderId,
      descriptor: { ledgerKey: log.signer.verifier.verifierKey, rules: {} },
      close: closeAt(ledgerSize),
    } as unknown as SealedTender);

  it('comes with its list, however its entries lie among others', async () => {
    const close = closeAt(300);
    const [first, second, third] = listed(parts);
    await enter(filler(300));
    await enter([third!, ...filler(10), entryOf('bids-closed', close), first!]);
    await enter([entryOf('bids-listed', parts[0]!, randomUUID()), second!, ...filler(9)]);
    expect(await read(300)).toEqual({ close, manifests: list });
  });

  it('is found where the row says that the ledger was longer, or shorter', async () => {
    await enter([...filler(20), entryOf('bids-closed', closeAt(20)), ...listed(parts)]);
    for (const told of [0, 22, 24, 9_999]) {
      expect((await read(told)).manifests).toEqual(list);
    }
  });

  it('is not there as long as a part of its list is not', async () => {
    await enter([entryOf('bids-closed', closeAt(0)), ...listed(parts.slice(1))]);
    await expect(read(0)).rejects.toMatchObject({ code: 'entry.unknown' });
    await enter(listed(parts.slice(0, 1)));
    expect((await read(0)).manifests).toEqual(list);
  });

  it('has no list where a part is doubled, foreign or altered', async () => {
    const [first, second, third] = parts as [FinalBidsPart, FinalBidsPart, FinalBidsPart];
    const forged = second.manifests.with(0, `${first.manifests.at(-1)!.slice(0, 60)}ffff`);
    for (const wrong of [
      [first, first, second, third],
      [first, { ...second, part: 9 }, second, third],
      [first, { ...second, manifests: forged }, third],
    ]) {
      log = new LogBuilder();
      await enter([entryOf('bids-closed', closeAt(0)), ...listed(wrong)]);
      expect((await read(0)).manifests).toBeNull();
    }
  });

  describe('of a ledger whose key changed after the tender was published', () => {
    const next = createSigner('ledger.example/test', new Uint8Array(32).fill(8));
    const stranger = createSigner('ledger.example/test', new Uint8Array(32).fill(9));

    async function changed(signers: readonly NoteSigner[], signsOn: NoteSigner): Promise<void> {
      const [from, to] = [log.signer.verifierKey, signsOn.verifierKey];
      const signatures = signers.map((signer) => signer.sign(rotationText(from, to)));
      const rotation = openEntry(1, { type: KEY_ROTATED, data: rotationData(from, to, signatures) });
      await enter([...filler(5), rotation, entryOf('bids-closed', closeAt(6)), ...listed(parts)]);
      const root = await new TileReader(log.readFile, log.size).root();
      const checkpoint = signCheckpoint({ origin: signsOn.name, size: log.size, root }, signsOn);
      await store.overwrite('ledger/checkpoint', utf8(checkpoint));
    }

    it('is read under the key to which the old one leads', async () => {
      await changed([log.signer, next], next);
      expect((await read(6)).manifests).toEqual(list);
    });

    it('is refused where the old key did not sign the change', async () => {
      await changed([stranger], stranger);
      await expect(read(6)).rejects.toMatchObject({ code: 'ledger.rotation-invalid' });
    });
  });
});
