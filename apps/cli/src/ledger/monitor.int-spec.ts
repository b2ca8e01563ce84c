import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { utf8 } from '#kernel';
import { createSigner, parseNote, signNote } from '#ledger';
import { LogBuilder, openEntry } from '../../../../libs/ledger/test-support/log-builder.js';
import { monitorCommand } from '../commands/monitor.js';
import { logSource } from './log-source.js';
import { LedgerMonitor, type MonitorSettings } from './monitor.js';
import { actsAt, cosign, isoAt, policy, T0 } from '../../../../libs/verify/test-support/tampered-ledger.js';

const MINUTE = 60_000;
const START = (T0 + 1_000) * 1000;

describe('a monitor of a ledger', () => {
  let folder: string;
  let server: Server;
  let address: string;
  /** What is shown to whom: the callers of `/a/` and of `/b/`. */
  let shown: Record<string, LogBuilder>;
  let isDown = false;

  beforeAll(async () => {
    server = createServer((request, response) => {
      const [, caller, ...path] = request.url!.split('/');
      const log = shown[caller!]!;
      const name = path.join('/');
      const bytes = name === 'log.vkey' ? utf8(`${log.signer.verifierKey}\n`) : log.files.get(name);
      if (isDown || !bytes) response.writeHead(isDown ? 503 : 404).end();
      else response.end(bytes);
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'sunseal-monitor-'));
    isDown = false;
    shown = { a: await grown(new LogBuilder(), 300) };
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  async function grown(log: LogBuilder, to: number): Promise<LogBuilder> {
    await log.append(actsAt(log.size, to));
    return log;
  }
  /** Another history from entry 200 on, told under the same key. */
  async function forked(to: number): Promise<LogBuilder> {
    const log = new LogBuilder();
    await log.append(actsAt(0, to).with(200, openEntry(201, { type: 'told-to-another' })));
    return log;
  }
  const monitorOf = (changes: Partial<MonitorSettings> = {}, caller = 'a'): LedgerMonitor =>
    new LedgerMonitor(
      {
        source: logSource(`${address}/${caller}/`),
        keptFolder: join(folder, caller),
        ledgerKey: new LogBuilder().signer.verifierKey,
        silentAfterMs: 10 * MINUTE,
        quorumWithinMs: MINUTE,
        enteredWithinMs: 60 * MINUTE,
        ...changes,
      },
      START,
    );
  const alarm = (code: string, isFinal = true) => ({ event: 'alarm', code, isFinal });

  it('verifies all of it, then each step, and keeps what it saw', async () => {
    const monitor = monitorOf();
    expect(await monitor.look(START)).toMatchObject([{ event: 'verified', size: 300 }]);
    expect(await monitor.look(START + 1)).toEqual([]);
    for (const size of [301, 511, 512, 900]) {
      await grown(shown['a']!, size);
      expect(await monitor.look(START + size)).toMatchObject([{ event: 'grown', size }]);
    }
    expect(readdirSync(join(folder, 'a'))).toHaveLength(5);
    expect(await monitorOf().look(START + 1_000)).toMatchObject([{ event: 'verified', size: 900 }]);
  });

  it('finds a fork at the step, and at the next start', async () => {
    const monitor = monitorOf();
    await monitor.look(START);
    shown['a'] = await forked(400);
    expect(await monitor.look(START + 1)).toMatchObject([alarm('ledger.forked')]);
    expect(await monitorOf().look(START + 2)).toMatchObject([alarm('checkpoint.root-mismatch')]);
    // The other history comes back: that there were two is not forgotten.
    shown['a'] = await grown(new LogBuilder(), 500);
    expect(await monitorOf().look(START + 3)).toMatchObject([alarm('checkpoint.root-mismatch')]);
  });

  it('finds two roots for one size, and a ledger that became shorter', async () => {
    for (const [other, code] of [
      [await forked(300), 'ledger.forked'],
      [await grown(new LogBuilder(), 299), 'ledger.rewound'],
    ] as const) {
      rmSync(join(folder, 'a'), { recursive: true, force: true });
      shown['a'] = await grown(new LogBuilder(), 300);
      const monitor = monitorOf();
      await monitor.look(START);
      shown['a'] = other;
      expect(await monitor.look(START + 1)).toMatchObject([alarm(code)]);
    }
  });

  it('finds a fork that is shown to two, once one has the checkpoints of the other', async () => {
    shown['b'] = await forked(350);
    const [one, other] = [monitorOf(), monitorOf({}, 'b')];
    expect(await one.look(START)).toMatchObject([{ event: 'verified', size: 300 }]);
    expect(await other.look(START)).toMatchObject([{ event: 'verified', size: 350 }]);
    await grown(shown['a']!, 400);
    await one.look(START + 1);
    cpSync(join(folder, 'b'), join(folder, 'a'), { recursive: true });
    expect(await monitorOf().look(START + 2)).toMatchObject([alarm('checkpoint.root-mismatch')]);
  });

  it('finds a signature that does not hold, and keeps what was served apart', async () => {
    const monitor = monitorOf();
    await monitor.look(START);
    const stranger = createSigner(shown['a']!.signer.name, new Uint8Array(32).fill(8));
    const { text } = parseNote(Buffer.from(shown['a']!.files.get('checkpoint')!).toString());
    shown['a']!.files.set('checkpoint', utf8(signNote(text, [stranger])));
    expect(await monitor.look(START + 1)).toMatchObject([alarm('checkpoint.signature-invalid')]);
    expect(readdirSync(join(folder, 'a')).filter((name) => name.startsWith('unsigned-'))).toHaveLength(1);
  });

  it('finds an entry that is none, and one that claims to be older than it is', async () => {
    const monitor = monitorOf();
    await monitor.look(START);
    await shown['a']!.append([openEntry(301, { at: isoAt(T0 - 7_200) })]);
    expect(await monitor.look(START + 1)).toMatchObject([
      { event: 'grown' },
      alarm('entry.back-dated', false),
    ]);
    await shown['a']!.appendBytes([utf8('nonsense')]);
    await shown['a']!.append([openEntry(302, { at: isoAt(T0 + 1_000) })]);
    expect(await monitor.look(START + 2)).toMatchObject([alarm('entry.malformed')]);
  });

  it('rings once when the ledger goes silent or cannot be reached, and says when that is over', async () => {
    const monitor = monitorOf();
    await monitor.look(START);
    isDown = true;
    expect(await monitor.look(START + 9 * MINUTE)).toEqual([]);
    expect(await monitor.look(START + 11 * MINUTE)).toMatchObject([alarm('ledger.silent', false)]);
    expect(await monitor.look(START + 12 * MINUTE)).toEqual([]);
    isDown = false;
    expect(await monitor.look(START + 13 * MINUTE)).toEqual([]);
    await grown(shown['a']!, 301);
    expect(await monitor.look(START + 14 * MINUTE)).toMatchObject([
      { event: 'grown', size: 301 },
      { event: 'cleared', code: 'ledger.silent' },
    ]);
  });

  it('takes a tile that does not come for silence, and a ledger that is down at the start too', async () => {
    isDown = true;
    const monitor = monitorOf();
    expect(await monitor.look(START)).toEqual([]);
    expect(await monitor.look(START + 11 * MINUTE)).toMatchObject([alarm('ledger.silent', false)]);
    isDown = false;
    expect(await monitor.look(START + 12 * MINUTE)).toMatchObject([
      { event: 'verified' },
      { event: 'cleared' },
    ]);
    await grown(shown['a']!, 600);
    const tile = shown['a']!.files.get('tile/entries/001')!;
    shown['a']!.files.delete('tile/entries/001');
    expect(await monitor.look(START + 13 * MINUTE)).toEqual([]);
    shown['a']!.files.set('tile/entries/001', tile);
    expect(await monitor.look(START + 14 * MINUTE)).toMatchObject([{ event: 'grown', size: 600 }]);
  });

  it('rings when the quorum of witnesses stays away, as from a history that they did not cosign', async () => {
    const log = shown['a']!;
    const cosigned = (): void => {
      const note = Buffer.from(log.files.get('checkpoint')!).toString();
      log.files.set('checkpoint', utf8(cosign(note, T0)));
    };
    cosigned();
    const monitor = monitorOf({ policyText: policy });
    await monitor.look(START);
    await grown(log, 301);
    expect(await monitor.look(START + 1)).toMatchObject([{ event: 'grown' }]);
    await grown(log, 302);
    expect(await monitor.look(START + 2 * MINUTE)).toMatchObject([
      { event: 'grown' },
      alarm('ledger.witness-quorum-missing', false),
    ]);
    cosigned();
    expect(await monitor.look(START + 3 * MINUTE)).toEqual([
      { event: 'cleared', code: 'ledger.witness-quorum-missing' },
    ]);
  });

  it('is a command that prints lines, runs another at an alarm, and ends with 1 at a fork', async () => {
    const lines: string[] = [];
    const writing = jest
      .spyOn(process.stdout, 'write')
      .mockImplementation((text) => lines.push(String(text)) > 0);
    const rung = join(folder, 'rung');
    const args = [`${address}/a/`, '--keep', join(folder, 'a'), '--every', '0.05'];
    const running = monitorCommand.run([...args, '--on-alarm', `cat > ${rung}`]);
    while (lines.length === 0) await new Promise((wait) => setTimeout(wait, 20));
    shown['a'] = await forked(400);
    const code = await running;
    writing.mockRestore();
    expect(code).toBe(1);
    const told = lines.map((line) => JSON.parse(line) as object);
    expect(told).toMatchObject([{ event: 'verified' }, alarm('ledger.forked')]);
    expect(JSON.parse(readFileSync(rung, 'utf8'))).toEqual(told[1]);
  });

  it('is used with an address and a folder', async () => {
    const writing = jest.spyOn(process.stdout, 'write').mockImplementation(() => true);
    expect(await monitorCommand.run(['some/folder', '--keep', folder])).toBe(2);
    expect(await monitorCommand.run([`${address}/a/`])).toBe(2);
    writing.mockRestore();
  });
});
