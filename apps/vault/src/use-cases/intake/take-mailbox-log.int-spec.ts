import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addMs, fromBase64, toHex } from '#kernel';
import { finalBidsSha256, manifestDigest, withdrawManifest } from '#sealing';
import { signJson } from '#pki';
import { verifyReceiptFile } from '#verify';
import {
  IntakeStage,
  MINUTE_MS,
  type StageBid,
  type StageBidder,
  type StageTender,
} from '../../../test-support/intake-stage.js';
import { eventOf } from '../../../test-support/event-of.js';
import { personCall } from '../../../test-support/opening-scene.js';
import { TestMailbox } from '../../../test-support/test-mailbox.js';
import { holdTender } from '../hold-tender.js';
import type { UnreadClaim } from './read-claim.js';
import { takeMailboxLog } from './take-mailbox-log.js';

const GRACE = 60;

describe('what a mailbox received while the platform did not answer', () => {
  let stage: IntakeStage;
  let mailbox: TestMailbox;
  let tender: StageTender;

  beforeAll(async () => {
    stage = await IntakeStage.start();
    mailbox = await TestMailbox.open(stage.people.authorityPem);
  });
  afterAll(async () => {
    mailbox?.close();
    await stage?.close();
  });

  /** A tender whose deadline has just passed on the platform; the mailbox's clock stands a minute before it. */
  async function afterDeadline(rules = {}): Promise<void> {
    const named = { mailboxKey: mailbox.key, mailboxGraceMinutes: GRACE };
    tender = await stage.tender(30, { ...named, ...rules });
    mailbox.now = addMs(tender.descriptor.deadlineAt, -MINUTE_MS);
  }
  const passDeadline = () => stage.pass(31);

  const supervisor = (key: string | null = null) => ({
    ...personCall(randomUUID(), 'supervisor', null),
    idempotencyKey: key,
  });
  const handOver = (claims: readonly UnreadClaim[], call = supervisor(), to = tender) =>
    takeMailboxLog(stage.ports(), { tenderId: to.tenderId, claims: [...claims] }, call).then(({ outcomes }) =>
      outcomes.map(({ outcome, code }) => code ?? outcome),
    );
  const newBid = async (): Promise<StageBid> => stage.seal(tender, await stage.bidder());
  const linesOf = (bidder: StageBidder) =>
    stage.ports().vault.progressOf(tender.tenderId, bidder.organisationId);

  it('is admitted by rule when it is handed over, and opens with the rest', async () => {
    await afterDeadline();
    const direct = await stage.bid(stage.ports(), tender);
    await stage.sendBodies(stage.ports(), tender, direct);
    const viaMailbox = await newBid();
    await mailbox.take(viaMailbox.manifests);
    await passDeadline();
    expect(await handOver(await mailbox.claims(tender.tid))).toEqual(['admitted']);
    await stage.sendBodies(stage.ports(), tender, viaMailbox);
    await stage.pass(GRACE);
    await stage.closeBids(tender.tenderId);
    const { close } = await stage.ports().vault.tender(tender.tenderId);
    const digests = [direct, viaMailbox].flatMap(({ envelopes }) =>
      envelopes.map(({ manifest }) => toHex(manifestDigest(manifest))),
    );
    expect(close).toMatchObject({ count: 2, manifestsSha256: finalBidsSha256(digests.toSorted()) });
  });

  it('is entered with both times and what proves the mailbox’s, and its receipt proves itself', async () => {
    await afterDeadline();
    const bid = await newBid();
    const claim = await mailbox.take(bid.manifests);
    await passDeadline();
    expect(await handOver([claim])).toEqual(['admitted']);
    const [submitted] = await stage.sealedActs(tender.tenderId, 'bid-submitted');
    const { receivedAt, mailbox: proven } = submitted!.data as {
      receivedAt: string;
      mailbox: { receivedAt: string };
    };
    expect(proven.receivedAt).toBe(mailbox.now);
    expect(receivedAt > tender.descriptor.deadlineAt).toBe(true);
    expect(await stage.sealedActs(tender.tenderId, 'participation-begun')).toHaveLength(1);
    const { file } = await stage.receipt(stage.ports(), tender, bid.bidder);
    const report = await verifyReceiptFile(fromBase64(file), { ledgerKey: tender.descriptor.ledgerKey });
    expect(report).toMatchObject({ receivedAt, mailbox: { receivedAt: mailbox.now } });
  });

  it('is refused where the mailbox had it at the deadline or after it, and that is entered', async () => {
    await afterDeadline();
    const bid = await newBid();
    mailbox.now = tender.descriptor.deadlineAt;
    const claim = await mailbox.take(bid.manifests);
    mailbox.now = addMs(tender.descriptor.deadlineAt, -1);
    const inTime = await mailbox.take((await newBid()).manifests);
    await passDeadline();
    expect(await handOver([claim, inTime])).toEqual(['bid.late', 'admitted']);
    expect(await handOver([claim])).toEqual(['bid.late']);
    expect(await linesOf(bid.bidder)).toEqual([]);
    const refused = await stage.sealedActs(tender.tenderId, 'mailbox-claim-refused');
    expect(refused.map(({ data }) => data['code'])).toEqual(['bid.late']);
  });

  it('has one effect, however often it was handed in, handed over, or committed to directly', async () => {
    await afterDeadline();
    const bid = await newBid();
    const claims = [await mailbox.take(bid.manifests), await mailbox.take(bid.manifests)];
    await stage.join(stage.ports(), tender, bid.bidder);
    const { receivedAt } = await stage.commit(stage.ports(), tender, bid);
    const other = await newBid();
    claims.push(await mailbox.take(other.manifests), await mailbox.take(other.manifests));
    await passDeadline();
    expect(await handOver(claims)).toEqual(['committed', 'committed', 'admitted', 'committed']);
    expect(await handOver(claims)).toEqual(['committed', 'committed', 'admitted', 'committed']);
    expect((await linesOf(bid.bidder)).map(({ act }) => act.receivedAt)).toEqual([receivedAt]);
    expect(await linesOf(other.bidder)).toHaveLength(1);
  });

  it('has one effect and one answer for one key, also where both come at once', async () => {
    await afterDeadline();
    const claims = [await mailbox.take((await newBid()).manifests)];
    await passDeadline();
    const call = supervisor(randomUUID());
    const answers = await Promise.all([handOver(claims, call), handOver(claims, call), handOver(claims)]);
    expect(answers.slice(0, 2)).toEqual([answers[0], answers[0]]);
    expect(await stage.sealedActs(tender.tenderId, 'bid-submitted')).toHaveLength(1);
  });

  it('is a next version like any other, and a version in its place that the platform has stands', async () => {
    await afterDeadline();
    const first = await stage.bid(stage.ports(), tender);
    await stage.sendBodies(stage.ports(), tender, first);
    const second = await stage.seal(tender, first.bidder, first);
    const another = await stage.seal(tender, first.bidder);
    const claims = [await mailbox.take(another.manifests), await mailbox.take(second.manifests)];
    await passDeadline();
    expect(await handOver(claims)).toEqual(['bid.sequence-wrong', 'admitted']);
    await stage.pass(GRACE);
    await stage.closeBids(tender.tenderId);
    // The body of the second never came: the first stands.
    const digests = first.envelopes.map(({ manifest }) => toHex(manifestDigest(manifest)));
    const { close } = await stage.ports().vault.tender(tender.tenderId);
    expect(close!.manifestsSha256).toBe(finalBidsSha256(digests.toSorted()));
  });

  it('that was refused in the wrong order is admitted in the right one', async () => {
    await afterDeadline();
    const first = await newBid();
    const second = await stage.seal(tender, first.bidder, first);
    const claims = [await mailbox.take(first.manifests), await mailbox.take(second.manifests)];
    await passDeadline();
    expect(await handOver([claims[1]!])).toEqual(['bid.sequence-wrong']);
    expect(await handOver(claims)).toEqual(['admitted', 'admitted']);
  });

  it('takes a bid back as well', async () => {
    await afterDeadline();
    const bid = await stage.bid(stage.ports(), tender);
    await stage.sendBodies(stage.ports(), tender, bid);
    const { certificate } = bid.bidder;
    const manifest = withdrawManifest({
      descriptor: tender.descriptor,
      bidderCertSha256: certificate.sha256,
      seq: 2,
      previousManifestSha256: toHex(manifestDigest(bid.envelopes[0]!.manifest)),
      clientTime: mailbox.now,
    });
    const { privateKey, certificatePem } = certificate;
    const jws = await signJson(manifest, { privateKey, certificatePem, typ: 'sunseal-manifest' });
    const claim = await mailbox.take([jws]);
    await passDeadline();
    expect(await handOver([claim])).toEqual(['admitted']);
    await stage.pass(GRACE);
    await stage.closeBids(tender.tenderId);
    expect((await stage.ports().vault.tender(tender.tenderId)).close).toMatchObject({ count: 0 });
  });

  it('may be handed over by its own bidder, and by no other', async () => {
    await afterDeadline();
    const bid = await newBid();
    const claim = await mailbox.take(bid.manifests);
    await passDeadline();
    expect(await handOver([claim], stage.call(await stage.bidder()))).toEqual(['bid.other-organisation']);
    expect(await handOver([claim], stage.call(bid.bidder))).toEqual(['admitted']);
  });

  it('is refused with a receipt of another mailbox, one made up, one for other manifests or another tender', async () => {
    await afterDeadline();
    const here = tender;
    const bid = await newBid();
    const genuine = await mailbox.take(bid.manifests);
    const stranger = await TestMailbox.open(stage.people.authorityPem, 8);
    stranger.now = mailbox.now;
    const foreign = await stranger.take(bid.manifests);
    stranger.close();
    mailbox.now = addMs(tender.descriptor.deadlineAt, MINUTE_MS);
    const late = JSON.parse((await mailbox.take(bid.manifests)).receipt) as {
      receivedAt: string;
      reveal: { event: { at: string } };
    };
    late.receivedAt = addMs(mailbox.now, -10 * MINUTE_MS);
    late.reveal.event.at = late.receivedAt;
    await afterDeadline();
    const elsewhere = await mailbox.take((await newBid()).manifests);
    await passDeadline();
    const other = await stage.seal(here, bid.bidder);
    const claims = [
      foreign,
      { manifests: bid.manifests as string[], receipt: JSON.stringify(late) },
      { manifests: other.manifests as string[], receipt: genuine.receipt },
      { manifests: bid.manifests as string[], receipt: '{' },
    ];
    expect(await handOver(claims, supervisor(), here)).toEqual(claims.map(() => 'mailbox.receipt-invalid'));
    expect(await handOver([elsewhere], supervisor(), here)).toEqual(['manifest.other-tender']);
    expect(await stage.sealedActs(here.tenderId, 'bid-submitted')).toEqual([]);
  });

  it('is refused where a manifest was changed or signed by nobody who is known', async () => {
    await afterDeadline();
    const bid = await newBid();
    const claim = await mailbox.take(bid.manifests);
    const altered = claim.manifests.map((jws) =>
      jws.replace(/\.[^.]+\./, (part) => `${part.slice(0, -3)}AA.`),
    );
    await passDeadline();
    const [code] = await handOver([{ ...claim, manifests: altered }]);
    expect(code).toMatch(/^signature\./);
    expect(await handOver([{ ...claim, manifests: claim.manifests.slice(0, 1) }])).toEqual([
      'mailbox.receipt-invalid',
    ]);
  });

  it('has no effect where the tender names no mailbox, or once the list of bids could be fixed', async () => {
    tender = await stage.tender(30);
    mailbox.now = addMs(tender.descriptor.deadlineAt, -MINUTE_MS);
    const without = await mailbox.take((await newBid()).manifests);
    await expect(handOver([without])).rejects.toMatchObject({ code: 'mailbox.none' });
    await afterDeadline();
    const claim = await mailbox.take((await newBid()).manifests);
    await stage.pass(30 + GRACE);
    await expect(handOver([claim])).rejects.toMatchObject({ code: 'mailbox.too-late' });
    await stage.closeBids(tender.tenderId);
    await expect(handOver([claim])).rejects.toMatchObject({ code: 'tender.not-open' });
  });

  it('is not taken while the tender is suspended', async () => {
    await afterDeadline();
    const claim = await mailbox.take((await newBid()).manifests);
    await passDeadline();
    const since = await stage.ports().vault.now();
    const cause = { cause: 'supervisor', envelopeId: null, reason: 'doubt', since } as const;
    await holdTender(stage.ports(), cause, eventOf(tender.tenderId));
    await expect(handOver([claim])).rejects.toMatchObject({ code: 'tender.suspended' });
  });

  it('is waited for: the list is not fixed before a mailbox could be handed over', async () => {
    await afterDeadline();
    await stage.pass(30 + GRACE - 1);
    await expect(stage.closeBids(tender.tenderId)).rejects.toThrow('there is still time');
  });

  it('gives no more time for the bodies of what was committed to directly', async () => {
    await afterDeadline();
    const direct = await stage.bid(stage.ports(), tender);
    const viaMailbox = await newBid();
    const claim = await mailbox.take(viaMailbox.manifests);
    await passDeadline();
    await handOver([claim]);
    await expect(stage.sendBodies(stage.ports(), tender, direct)).rejects.toMatchObject({
      code: 'bid.body-late',
    });
    await stage.sendBodies(stage.ports(), tender, viaMailbox);
    expect((await linesOf(viaMailbox.bidder))[0]!.acceptedAt).not.toBeNull();
  });
});
