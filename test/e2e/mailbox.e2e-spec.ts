import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addMs, type Instant } from '#kernel';
import { getDescriptor, getOwnBid } from '#contracts';
import { signerFromKey, signerKeyOf } from '#ledger';
import type { TenderDescriptor } from '#sealing';
import { FileObjectStore } from '#storage';
import { readBidFolder, sealIntoFolder } from '../../apps/cli/src/client/bid-folder.js';
import { handToMailbox } from '../../apps/cli/src/client/hand-to-mailbox.js';
import { createIdentity } from '../../apps/cli/src/client/identity.js';
import { partFile } from '../../apps/cli/src/client/part-file.js';
import { readOpeningRecord } from '#verify';
import { commitToBid, sendBodies } from '../../apps/cli/src/client/submit-bid-folder.js';
import { waitUntil } from '../../apps/cli/src/client/wait-until.js';
import { whenPossible } from '../../apps/cli/src/client/when-possible.js';
import type { Trustee } from '../../apps/cli/src/client/trustee.js';
import { open } from '../../apps/cli/src/demo/acts/opening.js';
import { makeDraft, publish, seatTrustees } from '../../apps/cli/src/demo/acts/preparation.js';
import { type Cast, gatherCast, type Player } from '../../apps/cli/src/demo/cast.js';
import { Transcript } from '../../apps/cli/src/demo/transcript.js';
import { MailboxLog } from '../../apps/mailbox/src/mailbox-log.js';
import { mailboxServer } from '../../apps/mailbox/src/mailbox-server.js';
import { commandsEntered } from '../support/entered-acts.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { putClockForward } from '../support/put-clock-forward.js';
import { type Ran, runProgram } from '../support/run-program.js';

const SILENT = new Transcript(1, () => undefined, false);
const GRACE_MINUTES = 240;
/** The deadline comes seconds after them. */
const NOTICE_DAYS = 20;

describe('a platform that is down over the deadline, and a mailbox that is not', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sunseal-second-intake-'));
  const file = (name: string): string => join(folder, name);
  let platform: TestPlatform;
  let cast: Cast;
  let trustees: Trustee[];
  let tenderId: string;
  let deadlineAt: Instant;
  let mailbox: ReturnType<typeof mailboxServer>;
  let url: string;
  let key: string;
  /** The mailbox's clock: that of the platform, which the test puts forward. */
  let now: Instant;

  beforeAll(async () => {
    platform = await startTestPlatform({ clockFactor: 1 });
    const { address, administrator } = platform.current();
    cast = await gatherCast(
      { address, administrator, now: new Date().toISOString(), patienceMs: 60_000 },
      '-mbox',
    );
    await startMailbox();
    const made = await makeDraft(cast, SILENT);
    tenderId = made.tenderId;
    trustees = await seatTrustees(cast, tenderId, SILENT);
    const named = { ...made.draft, mailbox: { verifierKey: key, graceMinutes: GRACE_MINUTES } };
    deadlineAt = await publish(cast, tenderId, named, 60_000, SILENT);
    for (const player of [...cast.bidders.slice(0, 4), cast.supervisor]) {
      writeFileSync(file(`${player.account.login}.password`), player.account.password);
    }
    await whenPossible('the vault to know the tender', 'tender.unknown', () =>
      cast.buyer.api.call(getDescriptor, { tenderId }),
    );
  }, 180_000);
  afterAll(async () => {
    await mailbox?.close();
    await platform?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function startMailbox(): Promise<void> {
    mkdirSync(file('mailbox'));
    writeFileSync(file('mailbox/log.key'), signerKeyOf('mailbox.test', randomBytes(32)));
    const signer = signerFromKey(readFileSync(file('mailbox/log.key'), 'utf8'));
    const store = new FileObjectStore({ root: file('mailbox/objects'), mutablePrefixes: ['ledger/'] });
    const authorityPem = readFileSync(join(platform.dataDir, 'keys', 'authority.pem'), 'utf8');
    const log = await MailboxLog.open(store, signer);
    mailbox = mailboxServer({ log, store, authorityPem, now: () => now });
    url = await mailbox.listen({ port: 0, host: '127.0.0.1' });
    key = signer.verifierKey;
  }

  const signedIn = ({ account }: Player): string[] => [
    '--server',
    platform.current().address,
    '--login',
    account.login,
    '--password-file',
    file(`${account.login}.password`),
  ];
  const sunseal = (player: Player, ...args: readonly string[]): Promise<Ran> =>
    runProgram('cli', [...args, ...signedIn(player)]);
  const bidder = (n: number): Player => cast.bidders[n]!;
  const bidOf = (n: number): string => file(`bid-${n}`);
  const submit = async (n: number) =>
    commitToBid(async () => bidder(n).api, await readBidFolder(bidOf(n)), undefined, 60_000);

  it('bidders seal, and who is early submits', async () => {
    const descriptor = (await cast.buyer.api.call(getDescriptor, { tenderId }))
      .descriptor as unknown as TenderDescriptor;
    for (let n = 0; n < 4; n++) {
      const { api, account } = bidder(n);
      const identity = await createIdentity(api, account.login);
      writeFileSync(file('offer.txt'), `offer ${n}`);
      const part = await partFile(file('offer.txt'));
      const parts = { technical: [part], commercial: [part] };
      const last = { seq: 0, digestOf: () => null };
      const passphrase = 'ten gates and a lamp';
      const bid = { descriptor, identity, last, parts, clientTime: deadlineAt, passphrase };
      await sealIntoFolder(bidOf(n), bid);
    }
    const { api } = await submit(0);
    await sendBodies(api, bidOf(0), await readBidFolder(bidOf(0)), () => undefined);
  });

  it('without a promise the manifests go to the mailbox whose key the bid names', async () => {
    const { process } = platform.current();
    process.kill('SIGKILL');
    await once(process, 'exit');
    now = addMs(deadlineAt, -60_000);
    const alone = await sunseal(bidder(1), 'bid', 'submit', bidOf(1));
    expect(alone.code).toBe(1);
    expect(alone.out).toContain('--mailbox URL');
    const taken = await sunseal(bidder(1), 'bid', 'submit', bidOf(1), '--mailbox', url);
    expect(taken).toMatchObject({ code: 1, out: expect.stringContaining(`since ${now}`) });
    const receipt = join(bidOf(1), 'mailbox-receipt.json');
    const held = await runProgram('cli', ['receipt', 'verify', receipt, '--mailbox-key', key]);
    expect(held).toMatchObject({ code: 0, out: expect.stringContaining(`when  ${now}`) });
    const foreign = await runProgram('cli', ['receipt', 'verify', receipt, '--mailbox-key', `${key}x`]);
    expect(foreign).toMatchObject({ code: 1, out: expect.stringContaining('another key') });
    await handToMailbox(url, await readBidFolder(bidOf(2)), file('receipt-2.json'), key);
    now = deadlineAt;
    await handToMailbox(url, await readBidFolder(bidOf(3)), join(bidOf(3), 'mailbox-receipt.json'), key);
  });

  it('once it answers again, bidder and supervisor hand over what the mailbox had in time, and no more', async () => {
    await platform.restart();
    await putClockForward(platform, NOTICE_DAYS);
    const own = await sunseal(bidder(1), 'bid', 'submit', bidOf(1));
    expect(own).toMatchObject({ code: 0, out: expect.stringContaining('the bid is accepted') });
    const { tid } = await cast.buyer.api.call(getDescriptor, { tenderId });
    const ours = ['--data', file('mailbox'), '--tid', tid, '--out', file('claims.json')];
    const exported = await runProgram('mailbox', ['export', ...ours]);
    expect(exported).toMatchObject({ code: 0, out: expect.stringContaining('3 received') });
    const claims = ['hand-over', file('claims.json'), '--tender', tenderId];
    const handedOver = await runProgram('cli', ['mailbox', ...claims, ...signedIn(cast.supervisor)]);
    expect(handedOver).toMatchObject({ code: 1, err: '' });
    expect(handedOver.out.split('\n').slice(0, 3)).toEqual([
      '1 of 3: admitted',
      '2 of 3: admitted',
      '3 of 3: refused, bid.late',
    ]);
    await expect(submit(3)).rejects.toMatchObject({ code: 'bid.late' });
    const { api } = await submit(2);
    await sendBodies(api, bidOf(2), await readBidFolder(bidOf(2)), () => undefined);
    const { acts, status } = await api.call(getOwnBid, { tenderId });
    expect({ acts, status }).toMatchObject({ acts: [{ receivedBy: 'mailbox', seq: 1 }], status: 'accepted' });
    const receipt = ['bid', 'receipt', '--tender', tenderId, '--out', file('receipt.zip')];
    expect(await sunseal(bidder(2), ...receipt)).toMatchObject({ code: 0, err: '' });
    const verified = await runProgram('cli', ['receipt', 'verify', file('receipt.zip')]);
    expect(verified).toMatchObject({
      code: 0,
      out: expect.stringContaining('the tender’s mailbox had it at'),
    });
  });

  it('opens all that were in time, by whichever way they came', async () => {
    await putClockForward(platform, 1);
    const { api } = cast.buyer;
    const close = await waitUntil(
      'the close record',
      60_000,
      async () => (await readOpeningRecord(api, tenderId)).close ?? undefined,
    );
    expect(close.count).toBe(3);
    await open(cast, tenderId, trustees.slice(0, 3), 'technical', SILENT);
    const { openings } = await readOpeningRecord(api, tenderId);
    expect(openings.find(({ envelopeId }) => envelopeId === 'technical')!.items).toHaveLength(3);
  });

  it('left the acts that each command says it leaves', async () => {
    expect((await commandsEntered(platform)).unentered).toEqual([]);
  });
});
