import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type ReceiptParts, writeReceiptFile } from '#pki';
import { OpensslTimestamps } from '../../../../libs/pki/test-support/openssl-timestamps.js';
import { reportText } from './report-text.js';
import { buildReceipt } from '../../../../libs/verify/test-support/receipt-builder.js';
import { verifyReceiptFile } from '#verify';

/** Long before any clock that this runs on. */
const RECEIVED_AT = '2020-06-01T08:00:00.000Z';
const AUTHORITY = 'certificates/timestamp-authority.pem';

describe('a receipt with a time stamp of OpenSSL', () => {
  let openssl: OpensslTimestamps;
  let parts: ReceiptParts;
  beforeAll(async () => {
    openssl = new OpensslTimestamps();
    parts = await buildReceipt({ receivedAt: RECEIVED_AT });
  });
  afterAll(() => openssl.close());

  const stamped = (content: string, of: ReceiptParts = parts): Uint8Array => {
    const token = openssl.token(createHash('sha256').update(content).digest());
    return writeReceiptFile({ ...of, timestamp: { token, authorityPem: openssl.pem('root') } });
  };

  it('tells the time that the other authority signed, and whether the reader knows that authority', async () => {
    const bytes = stamped(parts.promise);
    const own = await verifyReceiptFile(bytes);
    expect(own).toMatchObject({ timestamp: { policy: '1.2.3.4.1' }, anchors: { timestampAuthority: 'own' } });
    expect(own.checks.at(-1)).toContain(own.timestamp!.at);
    const given = await verifyReceiptFile(bytes, { timestampAuthorityPem: openssl.pem('root') });
    expect(given.anchors.timestampAuthority).toBe('given');
  });

  it('fails under another time-stamp authority than the reader’s, or where the reader asks and none is there', async () => {
    const other = new OpensslTimestamps();
    const trust = { timestampAuthorityPem: other.pem('root') };
    other.close();
    await expect(verifyReceiptFile(stamped(parts.promise), trust)).rejects.toMatchObject({
      member: AUTHORITY,
    });
    await expect(verifyReceiptFile(writeReceiptFile(parts), trust)).rejects.toMatchObject({
      member: 'timestamp.tst',
    });
    await expect(
      verifyReceiptFile(stamped(parts.promise), { timestampAuthorityPem: 'none' }),
    ).rejects.toMatchObject({ code: 'certificate.malformed' });
  });

  it('fails where something else was stamped, where it is no stamp, and where another authority made it', async () => {
    await expect(verifyReceiptFile(stamped('else'))).rejects.toMatchObject({
      member: 'timestamp.tst',
      code: 'timestamp.other-content',
    });
    const timestamp = { token: Uint8Array.of(0x30, 0), authorityPem: openssl.pem('root') };
    await expect(verifyReceiptFile(writeReceiptFile({ ...parts, timestamp }))).rejects.toMatchObject({
      member: 'timestamp.tst',
      code: 'timestamp.malformed',
    });
    const token = openssl.token(createHash('sha256').update(parts.promise).digest());
    const foreign = { token, authorityPem: parts.authorityPem };
    await expect(verifyReceiptFile(writeReceiptFile({ ...parts, timestamp: foreign }))).rejects.toMatchObject(
      {
        member: 'timestamp.tst',
        code: 'timestamp.authority-untrusted',
      },
    );
  });

  it('holds and tells the difference where the clock of the platform was ahead: the bidder proves no less', async () => {
    const late = { receivedAt: '2098-06-01T08:00:00.000Z', deadlineAt: '2098-07-01T08:00:00.000Z' };
    const future = await buildReceipt(late);
    const ahead = await verifyReceiptFile(stamped(future.promise, future));
    expect(ahead.timestamp).toMatchObject({ isBeforeDeadline: true });
    expect(ahead.timestamp!.afterReceivedMs).toBeLessThan(0);
    expect(reportText(ahead)).toMatch(/ s before the time that the platform names, before the deadline/);
  });

  it('tells where the stamp came after the deadline, and shows nothing about being in time', async () => {
    const past = await buildReceipt({ receivedAt: RECEIVED_AT, deadlineAt: '2020-06-01T08:00:01.000Z' });
    const report = await verifyReceiptFile(stamped(past.promise, past));
    expect(report.timestamp).toMatchObject({ isBeforeDeadline: false });
    expect(reportText(report)).toMatch(
      / s after the time that the platform names, and not before the deadline/,
    );
  });
});
