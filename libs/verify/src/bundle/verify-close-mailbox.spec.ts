import { beforeAll, describe, expect, it } from '@jest/globals';
import { addMs, toHex } from '#kernel';
import { commit, formatProofFile, type JsonObject, MAILBOX_EVENT, TileReader } from '#ledger';
import { LogBuilder } from '../../../ledger/test-support/log-builder.js';
import { verifyClose } from './verify-close.js';

const DEADLINE = '2026-12-14T08:00:00.000Z';
const MINUTE_MS = 60_000;
const TID = 'a'.repeat(64);
const TENDER = '01920f4e-8d00-7000-8000-000000000001';
const MANIFEST = 'c'.repeat(64);
const rules = { mailboxGraceMinutes: 30 };
type Data = Readonly<Record<string, unknown>>;

describe('a list of final bids with an act that a mailbox had', () => {
  const log = new LogBuilder();
  const mailboxKey = log.signer.verifierKey;
  let proven: (changes?: { at?: string; tid?: string; manifestSha256?: string[] }) => Promise<Data>;

  beforeAll(() => {
    proven = async ({ at = addMs(DEADLINE, -1), tid = TID, manifestSha256 = [MANIFEST] } = {}) => {
      const data = { tid, seq: 1, bidderCertSha256: 'b'.repeat(64), manifestSha256 };
      const event: JsonObject = { v: 1, type: MAILBOX_EVENT, at, data };
      const salt = new Uint8Array(32).fill(log.size);
      const sealed = commit(event, salt);
      const checkpoint = await log.append([{ v: 1, sealed }]);
      const index = log.size - 1;
      const proof = await new TileReader(log.readFile, log.size).inclusionProof(index);
      const reveal = { sealed, salt: toHex(salt), event };
      return { receivedAt: at, reveal, proof: formatProofFile({ index, proof, checkpoint }) };
    };
  });

  /** Verifies with the acts of one bidder: taken ten minutes after the deadline, accepted later. */
  function verify(
    mailbox: Data | undefined,
    { key = mailboxKey as string | null, acceptedAfter = 20 } = {},
  ): string {
    const act = { organisationId: 'o', seq: 1 };
    const receivedAt = addMs(DEADLINE, 10 * MINUTE_MS);
    const acceptedAt = addMs(DEADLINE, acceptedAfter * MINUTE_MS);
    const submitted = {
      ...act,
      tid: TID,
      receivedAt,
      manifests: [{ sha256: MANIFEST }],
      ...(mailbox && { mailbox }),
    };
    const refused = { organisationId: 'p', seq: 1, mailbox: { receivedAt, sealed: TID } };
    const events = [
      { type: 'mailbox-claim-refused', tender: TENDER, data: refused },
      { type: 'bid-submitted', tender: TENDER, data: submitted },
      { type: 'bid-accepted', tender: TENDER, data: { ...act, acceptedAt } },
    ];
    const descriptor = {
      deadlineAt: DEADLINE,
      rules: { ...rules, ...(key === null ? {} : { mailboxKey: key }) },
    };
    return verifyClose(
      { descriptor, notice: { tenderId: TENDER } } as never,
      {
        entered: { close: { count: 1 }, manifests: [MANIFEST] },
        reveals: events.map((event) => ({ event })),
      } as never,
    ).line;
  }

  it('holds where the mailbox that the tender names proves that it was in time', async () => {
    expect(verify(await proven())).toContain('1 final bids');
  });

  it('does not hold without that proof, or in a tender that names no mailbox', async () => {
    expect(() => verify(undefined)).toThrow('came too late');
    const mailbox = await proven();
    expect(() => verify(mailbox, { key: null })).toThrow('names none');
    const other = `${mailboxKey.split('+').slice(0, 2).join('+')}+AAAA`;
    expect(() => verify(mailbox, { key: other })).toThrow('does not hold under the key');
  });

  it('does not hold where the mailbox had it at the deadline, had another, or for another tender', async () => {
    const late = await proven({ at: DEADLINE });
    expect(() => verify(late)).toThrow('not before the deadline');
    const other = await proven({ manifestSha256: ['d'.repeat(64)] });
    expect(() => verify(other)).toThrow('something else');
    const elsewhere = await proven({ tid: 'e'.repeat(64) });
    expect(() => verify(elsewhere)).toThrow('something else');
    expect(() => verify({ ...late, receivedAt: addMs(DEADLINE, -1) })).toThrow('something else');
  });

  it('does not hold where its bodies came after the time for them', async () => {
    const mailbox = await proven();
    expect(() => verify(mailbox, { acceptedAfter: 30 })).toThrow('bid-accepted 1 of o came too late');
  });
});
