import { beforeEach, describe, expect, it } from '@jest/globals';
import { toHex } from '#kernel';
import { commit, createSigner, encodeEntry, type JsonObject, leafHash, signNote, parseNote } from '#ledger';
import { LogBuilder, openEntry } from '../../../ledger/test-support/log-builder.js';
import { type EntryQuestion, verifyEntryAt } from './verify-entry-at.js';

const salt = new Uint8Array(32).fill(5);
const event: JsonObject = { v: 1, type: 'bid-submitted' };
const sealed = commit(event, salt);

describe('one entry of a ledger', () => {
  let log: LogBuilder;
  beforeEach(async () => {
    log = new LogBuilder();
    const reveals = [{ sealed, salt: toHex(salt), event }];
    await log.append([
      openEntry(1),
      { v: 1, sealed },
      { v: 1, sealed: 'e'.repeat(64) },
      openEntry(2, { data: { reveals } }),
    ]);
  });
  const prove = (index: number, changes: Partial<EntryQuestion> = {}) =>
    verifyEntryAt({
      readFile: log.readFile,
      ledgerKey: log.signer.verifierKey,
      index,
      searchedEntriesMax: 100,
      ...changes,
    });

  it('stands at its place under the signed root', async () => {
    const leafSha256 = toHex(leafHash(encodeEntry(openEntry(1))));
    expect(await prove(0, { leafSha256 })).toMatchObject({ index: 0, size: 4, leafSha256, isSearched: true });
    await expect(prove(3, { leafSha256 })).rejects.toMatchObject({ code: 'proof.invalid' });
    await expect(prove(4)).rejects.toMatchObject({ code: 'entry.unknown' });
  });

  it('is shown with what it committed to, once the ledger opened it', async () => {
    expect((await prove(1)).reveal).toMatchObject({ revealedBy: 3, event });
    expect(await prove(2)).toMatchObject({ reveal: undefined, isSearched: true });
    expect(await prove(1, { searchedEntriesMax: 3 })).toMatchObject({ reveal: undefined, isSearched: false });
  });

  it('is refused where its bytes, or the signature over the root, are another’s', async () => {
    const checkpoint = log.files.get('checkpoint')!;
    const stranger = createSigner(log.signer.name, new Uint8Array(32).fill(9));
    const { text } = parseNote(new TextDecoder().decode(checkpoint));
    log.files.set('checkpoint', new TextEncoder().encode(signNote(text, [stranger])));
    await expect(prove(0)).rejects.toMatchObject({ code: 'checkpoint.signature-invalid' });
    log.files.set('checkpoint', checkpoint);
    const [path, bundle] = [...log.files].find(([name]) => name.startsWith('tile/entries/'))!;
    log.files.set(path, bundle.with(40, bundle[40]! ^ 1));
    await expect(prove(0)).rejects.toMatchObject({ name: 'LedgerFault', code: 'proof.invalid' });
  });
});
