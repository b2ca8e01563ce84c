import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { beginRehearsal, getDescriptor, getOpeningRecord, getOwnBid } from '#contracts';
import { ApiClient } from '../../apps/cli/src/client/api-client.js';
import { readBidFolder } from '../../apps/cli/src/client/bid-folder.js';
import { handToMailbox } from '../../apps/cli/src/client/hand-to-mailbox.js';
import { whenPossible } from '../../apps/cli/src/client/when-possible.js';
import { makeDraft, publish } from '../../apps/cli/src/demo/acts/preparation.js';
import { type Cast, gatherCast, type Player } from '../../apps/cli/src/demo/cast.js';
import { readTime } from '../../apps/cli/src/client/read-time.js';
import { waitUntil } from '../../apps/cli/src/client/wait-until.js';
import { Transcript } from '../../apps/cli/src/demo/transcript.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { type Ran, runProgram } from '../support/run-program.js';
import { wrongClock } from '../support/wrong-clock.js';

const SILENT = new Transcript(1, () => undefined, false);
/** A day a second. */
const CLOCK_FACTOR = 86_400;
/** Until the deadline some twenty programs are started one after the other, each with slow passphrases. */
const NOTICE_REAL_MS = 90_000;

/** Without a wrong clock this is skipped by name; with CI=true nothing may be skipped. */
const clocks = await wrongClock(0);
const withClocks = 'missing' in clocks ? it.skip : it;

describe('sunseal, a tender by people at their terminals', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sunseal-cli-'));
  const file = (name: string): string => join(folder, name);
  let platform: TestPlatform;
  let cast: Cast;
  let tenderId: string;

  beforeAll(async () => {
    platform = await startTestPlatform({ clockFactor: CLOCK_FACTOR });
    const { address, administrator } = platform.current();
    const { now } = await readTime(new ApiClient({ address }));
    cast = await gatherCast({ address, administrator, now, patienceMs: 20_000 }, '-term');
    writeFileSync(file('passphrase'), 'eight gates and a moon\n');
    for (const { account } of [...cast.trustees, ...cast.bidders])
      writeFileSync(file(`${account.login}.password`), account.password);
    mkdirSync(file('docs'));
    writeFileSync(file('docs/plan.pdf'), '%PDF-1.4 a plan');
    writeFileSync(file('docs/price.json'), '{"price":"9000000"}');
  }, 120_000);
  afterAll(async () => {
    await platform?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  function connection({ account }: Player): string[] {
    return [
      '--server',
      platform.current().address,
      '--login',
      account.login,
      '--password-file',
      file(`${account.login}.password`),
      '--passphrase-file',
      file('passphrase'),
      '--identity',
      file(account.login),
    ];
  }

  const sunseal = (player: Player, ...args: readonly string[]): Promise<Ran> =>
    runProgram('cli', [...args, ...connection(player)]);

  async function works(ran: Promise<Ran>): Promise<string> {
    const { code, out, err } = await ran;
    expect({ code, err }).toEqual({ code: 0, err: '' });
    return out;
  }

  it('trustees make keys, rehearse, and the tender is published', async () => {
    const made = await makeDraft(cast, SILENT);
    tenderId = made.tenderId;
    await Promise.all(
      cast.trustees.map(async (trustee, n) => {
        await works(sunseal(trustee, 'identity', 'new'));
        await works(
          sunseal(trustee, 'trustee', 'key', '--tender', tenderId, '--key', file(`trustee-${n}.age`)),
        );
      }),
    );
    expect(readFileSync(file('trustee-0.age'), 'latin1')).toMatch(/^age-encryption\.org\/v1\n-> scrypt /);
    await cast.buyer.api.call(beginRehearsal, { tenderId });
    const said = [];
    for (const [n, trustee] of cast.trustees.slice(0, 3).entries()) {
      said.push(
        await works(
          sunseal(trustee, 'trustee', 'rehearse', '--tender', tenderId, '--key', file(`trustee-${n}.age`)),
        ),
      );
    }
    expect(said[2]).toContain('the quorum opened the dummy envelope');
    const wrongKey = await sunseal(
      cast.trustees[3]!,
      'trustee',
      'rehearse',
      '--tender',
      tenderId,
      '--key',
      file('trustee-0.age'),
    );
    expect(wrongKey.code).toBe(1);
    await Promise.all(cast.bidders.slice(0, 3).map((bidder) => works(sunseal(bidder, 'identity', 'new'))));
    await publish(cast, tenderId, made.draft, NOTICE_REAL_MS, SILENT);
    await whenPossible('the vault to know the tender', 'tender.unknown', () =>
      cast.buyer.api.call(getDescriptor, { tenderId }),
    );
  });

  const seal = (bidder: Player, out: string): Promise<Ran> =>
    sunseal(
      bidder,
      'bid',
      'seal',
      '--tender',
      tenderId,
      '--technical',
      file('docs/plan.pdf'),
      '--commercial',
      file('docs/price.json'),
      '--out',
      out,
    );

  it('bidders seal on their machines, submit, replace and take back', async () => {
    const [first, second, third] = cast.bidders as unknown as [Player, Player, Player];
    await Promise.all(
      [first, second, third].map(async (bidder, n) => {
        expect(await works(seal(bidder, file(`bid-${n}`)))).toContain('nothing was sent');
        expect(await works(sunseal(bidder, 'bid', 'submit', file(`bid-${n}`)))).toContain(
          'the bid is accepted',
        );
      }),
    );
    expect(await works(sunseal(first, 'bid', 'submit', file('bid-0')))).toContain('the bid is accepted');
    await works(seal(second, file('bid-1b')));
    const wrongWord = await sunseal(second, 'bid', 'submit', file('bid-1b'));
    expect(wrongWord).toMatchObject({ code: 1, err: expect.stringContaining('sunseal bid replace') });
    await works(sunseal(second, 'bid', 'replace', file('bid-1b')));
    await works(sunseal(third, 'bid', 'withdraw', '--tender', tenderId));
    expect(await works(sunseal(third, 'bid', 'status', '--tender', tenderId))).toContain(
      'the bid: withdrawn',
    );
    await works(seal(third, file('bid-2b')));
    await works(sunseal(third, 'bid', 'replace', file('bid-2b')));
    const receipt = file('receipt.zip');
    await works(sunseal(second, 'bid', 'receipt', '--tender', tenderId, '--version', '1', '--out', receipt));
    const authority = join(platform.dataDir, 'keys', 'authority.pem');
    const held = await runProgram('cli', ['receipt', 'verify', receipt, '--authority', authority]);
    expect(held).toMatchObject({ code: 0, err: '' });
    const own = await second.api.call(getOwnBid, { tenderId });
    expect(own).toMatchObject({ status: 'accepted', acts: [{ seq: 1 }, { seq: 2 }] });
  });

  withClocks('a bidder whom the platform does not answer hands the manifests to a mailbox', async () => {
    const authority = join(platform.dataDir, 'keys', 'authority.pem');
    const program = join(process.cwd(), 'dist/apps/mailbox/src/main.js');
    // The mailbox goes by its own clock, and the platform's is far ahead here.
    const { now } = await readTime(cast.buyer.api);
    const ahead = await wrongClock(Math.round((Date.parse(now) - Date.now()) / 1_000));
    if ('missing' in ahead) throw new Error(ahead.missing);
    const mailbox = spawn(
      process.execPath,
      [program, '--authority', authority, '--data', file('mailbox'), '--port', '0'],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
        env: { ...process.env, NODE_OPTIONS: '', ...ahead.environment },
      },
    );
    try {
      const [said] = (await once(mailbox.stdout, 'data')) as [Buffer];
      const [, url, key] = /at (\S+); its log's key is (\S+)/.exec(said.toString())!;
      const bid = await readBidFolder(file('bid-0'));
      const at = await handToMailbox(url!, bid, file('mailbox-receipt.json'), key);
      expect(JSON.parse(readFileSync(file('mailbox-receipt.json'), 'utf8'))).toMatchObject({
        receivedAt: at,
      });
      await expect(handToMailbox(url!, bid, file('other.json'), 'another+key')).rejects.toThrow(
        'another key',
      );
    } finally {
      mailbox.kill('SIGTERM');
      await once(mailbox, 'exit');
    }
  });

  it('the quorum opens, deal by deal verified again', async () => {
    const { api } = cast.buyer;
    await waitUntil(
      'the close record',
      120_000,
      async () => (await api.call(getOpeningRecord, { tenderId })).close ?? undefined,
    );
    const said = [];
    for (const n of [0, 2, 4]) {
      said.push(
        await works(
          sunseal(
            cast.trustees[n]!,
            'trustee',
            'open',
            '--tender',
            tenderId,
            '--key',
            file(`trustee-${n}.age`),
            '--envelope',
            'technical',
          ),
        ),
      );
    }
    expect(said).toEqual([
      expect.stringContaining('1 of 3'),
      expect.stringContaining('2 of 3'),
      expect.stringContaining('the envelopes open'),
    ]);
    const { close } = await api.call(getOpeningRecord, { tenderId });
    expect(close!.count).toBe(3);
  });
});
