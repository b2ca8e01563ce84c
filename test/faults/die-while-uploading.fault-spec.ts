import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { waitUntil } from '../../apps/cli/src/client/wait-until.js';
import { WATCHED_HEADER } from '../support/faults/crash-plan.js';
import { chosenPoints } from '../support/faults/chosen-points.js';
import { type CutAct, CrashRunner, type Points } from '../support/faults/crash-runner.js';
import { keptBodies } from '../support/faults/steady-bidding.js';
import type { Body } from '../support/raw-tus.js';
import { type UploadStage, uploadStage } from '../support/upload-stage.js';

const KIB = 1024;
const SIZE = 48 * KIB;
const HALF = SIZE / 2;
const SEATS = 6;
const CREATE = '^POST /api/v1/tenders/[^/]+/envelopes$';
const ADD = '^PATCH /api/v1/tenders/[^/]+/envelopes/[^/]+$';
/** Where the sweep of uploads looks again. */
const SWEPT_WITHIN_MS = 180_000;

/** What an act sets off beside itself, the way of its event into the ledger, is died at while bids are taken. */
const onlyOfRequest = ({ warm, cold }: Points): Points => ({
  warm: warm.filter((point) => point.startsWith('request: ')),
  cold: cold.filter((point) => point.startsWith('request: ')),
});

const WATCHED = { [WATCHED_HEADER]: '1' };

describe('the platform dies at every point of taking a body', () => {
  let stage: UploadStage;
  let runner: CrashRunner;
  let turn = 0;
  const accepted: Body[] = [];

  beforeAll(async () => {
    stage = await uploadStage();
    runner = new CrashRunner(stage.platform);
  }, 180_000);

  afterAll(async () => {
    await stage?.platform.close();
    runner?.close();
  });

  /** A body that a bidder has committed to, and the bidder's client. */
  async function committed() {
    const seat = turn++ % SEATS;
    return { tus: stage.tusOf(seat), body: await stage.newBody(seat, SIZE), seat };
  }

  /** Sends what is missing by the bidder's own client, which goes on where the platform says. */
  async function complete(seat: number, body: Body): Promise<void> {
    await stage.send(seat, body);
    accepted.push(body);
  }

  async function cutCreate(): Promise<CutAct> {
    const { tus, body, seat } = await committed();
    return {
      first: async () => void (await tus.create(body, WATCHED)),
      again: () => complete(seat, body),
    };
  }

  async function cutPiece(): Promise<CutAct> {
    const { tus, body, seat } = await committed();
    const path = await tus.begin(body);
    return {
      first: async () => void (await tus.patch(path, 0, body.bytes.subarray(0, HALF), WATCHED)),
      again: () => complete(seat, body),
    };
  }

  async function cutEnd(): Promise<CutAct> {
    const { tus, body, seat } = await committed();
    const path = await tus.begin(body);
    const { status } = await tus.patch(path, 0, body.bytes.subarray(0, HALF));
    if (status !== 204) throw new Error(`the first half was answered with ${status}`);
    return {
      first: async () => {
        const last = await tus.patch(path, HALF, body.bytes.subarray(HALF), WATCHED);
        if (last.status === 204) accepted.push(body);
      },
      again: () => complete(seat, body),
    };
  }

  it.each([
    ['beginning an upload', CREATE, cutCreate],
    ['a piece', ADD, cutPiece],
    ['the last piece, and the acceptance of the whole', ADD, cutEnd],
  ])(
    'while %s is under way, and takes the body nonetheless',
    async (name, watch, prepare) => {
      const before = runner.fired().length;
      const { warm, cold } = onlyOfRequest(await runner.list({ watch, prepare }));
      const points = { warm: chosenPoints(warm), cold: chosenPoints(cold) };
      const all = [...points.warm, ...points.cold];
      process.stderr.write(
        `${name} has ${warm.length + cold.length} points, of which are tried:\n  ${all.join('\n  ')}\n`,
      );
      const { missed, recovery } = await runner.dieAtEach({ watch, prepare }, points);
      const fired = runner.fired().slice(before);
      process.stderr.write(`F1 ${name}: ${fired.length} deaths, ${recovery}\n`);
      expect(missed).toEqual([]);
      expect(new Set(fired)).toEqual(new Set(all));
    },
    1_800_000,
  );

  it('keeps each body once and whole, each named by a row, and nothing else', async () => {
    const names = new Set(keptBodies(stage.platform));
    const rows = await stage.platform.query<{ sha256: string; length: string }>(
      'SELECT sha256, count(*) AS length FROM vault.envelope_body GROUP BY sha256',
    );
    const lost = accepted.filter(({ sha256 }) => !names.has(sha256)).length;
    const sent = new Set(accepted.map(({ sha256 }) => sha256));
    const phantom = rows.filter(({ sha256 }) => !sent.has(sha256)).length;
    const double = rows.filter(({ length }) => length !== '1').length;
    process.stderr.write(
      `F1 bodies: lost ${lost}, phantom ${phantom}, late 0, double ${double} over ${sent.size} acknowledged\n`,
    );
    expect({ lost, phantom, double }).toEqual({ lost: 0, phantom: 0, double: 0 });
    expect(names).toEqual(sent);
  });

  it('has no piece left once uploads are over, and in waiting only what was accepted', async () => {
    const objects = join(stage.platform.dataDir, 'objects');
    const filesOf = (folder: string): string[] =>
      readdirSync(join(objects, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ name }) => name);
    await stage.platform.query(
      `UPDATE gateway.upload SET expires_at = clock_timestamp() - interval '2 hours'`,
    );
    await waitUntil('the pieces to go', SWEPT_WITHIN_MS, async () => !filesOf('uploads').length || undefined);
    const names = new Set(keptBodies(stage.platform));
    expect(filesOf('quarantine').filter((name) => !names.has(name))).toEqual([]);
  }, 300_000);
});
