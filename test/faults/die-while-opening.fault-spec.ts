import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getDescriptor } from '#contracts';
import { isSealedEntry } from '#ledger';
import { ApiClient } from '../../apps/cli/src/client/api-client.js';
import { readLedger } from '#verify';
import { readOpeningRecord } from '#verify';
import type { Trustee } from '../../apps/cli/src/client/trustee.js';
import { waitUntil } from '../../apps/cli/src/client/wait-until.js';
import { whenPossible } from '../../apps/cli/src/client/when-possible.js';
import { type Cast, gatherCast } from '../../apps/cli/src/demo/cast.js';
import { WATCHED_HEADER } from '../support/faults/crash-plan.js';
import { chosenPoints } from '../support/faults/chosen-points.js';
import { CrashRunner, distinct } from '../support/faults/crash-runner.js';
import { certify, type OpeningScene, sharesOf, tenderToOpen } from '../support/faults/opening-scene.js';
import { figureOf, Oracle } from '../support/faults/oracle.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';
import { putClockForward } from '../support/put-clock-forward.js';

const PATIENCE_MS = 60_000;
const QUORUM = 3;
const ATTEND = '^POST /api/v1/tenders/[^/]+/openings/technical/attendance$';
const SHARES = '^POST /api/v1/tenders/[^/]+/openings/technical/shares$';

const OF_VAULT = / (?:vault|opened|envelopes|\.retained)\b/;
/** What the relay does with what was committed before. */
const OF_RELAY = /outbox_head|UPDATE outbox|inbox/;

/** One act of a trustee under one key, which is repeated until it is answered. */
interface TrusteeAct {
  attempt(headers?: Readonly<Record<string, string>>): Promise<void>;
  insist(): Promise<void>;
}

describe('the platform dies at every point of an opening', () => {
  let platform: TestPlatform;
  let runner: CrashRunner;
  let cast: Cast;
  /** One is opened to see which points there are, the other while the platform dies at each. */
  let listed: OpeningScene;
  let cut: OpeningScene;
  const oracle = new Oracle();
  const points = { attend: [] as string[], shares: [] as string[], combine: [] as string[][] };
  const fired = (): number => runner.fired().length;

  beforeAll(async () => {
    platform = await startTestPlatform({ clockFactor: 1 });
    runner = new CrashRunner(platform);
    const { address, administrator } = platform.current();
    const now = new Date().toISOString();
    cast = await gatherCast({ address, administrator, now, patienceMs: PATIENCE_MS }, '-open');
    const identities = await certify(cast);
    listed = await tenderToOpen(cast, identities, oracle);
    cut = await tenderToOpen(cast, identities, oracle);
    await putClockForward(platform, 30);
    for (const { tenderId } of [listed, cut]) {
      await waitUntil('the close record', PATIENCE_MS, async () => {
        const { close } = await readOpeningRecord(cast.buyer.api, tenderId);
        return close ?? undefined;
      });
    }
    await waitUntil('both openings to wait for their trustees', PATIENCE_MS, async () => {
      const waiting = await platform.query('SELECT tender_id FROM vault.opening');
      return waiting.length === 2 || undefined;
    });
  }, 300_000);

  afterAll(async () => {
    await platform?.close();
    runner?.close();
  });

  function actOf({ tenderId }: OpeningScene, trustee: Trustee, name: string, body: object): TrusteeAct {
    const key = randomUUID();
    const attempt = async (headers: Readonly<Record<string, string>> = {}): Promise<void> => {
      const response = await fetch(
        `${platform.current().address}/api/v1/tenders/${tenderId}/openings/technical/${name}`,
        {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'idempotency-key': key,
            ...trustee.api.sessionHeaders(),
            ...headers,
          },
          body: JSON.stringify(body),
        },
      );
      if (!response.ok) throw new Error(`${name} was answered with ${await response.text()}`);
    };
    const insist = (): Promise<void> =>
      waitUntil(name, PATIENCE_MS, () =>
        attempt().then(
          () => true,
          () => undefined,
        ),
      ).then(() => undefined);
    return { attempt, insist };
  }

  const attendanceOf = (scene: OpeningScene, trustee: Trustee): TrusteeAct =>
    actOf(scene, trustee, 'attendance', {});

  const sharesBy = async (scene: OpeningScene, trustee: Trustee): Promise<TrusteeAct> => {
    const shares = await whenPossible('the opening', 'opening.not-yet', () => sharesOf(trustee));
    return actOf(scene, trustee, 'shares', { shares });
  };

  const watched = { [WATCHED_HEADER]: '1' };

  const opened = ({ tenderId }: OpeningScene) =>
    waitUntil('the technical envelopes to be open', PATIENCE_MS, async () => {
      const { openings } = await readOpeningRecord(cast.buyer.api, tenderId);
      return openings.find(({ envelopeId, stage }) => envelopeId === 'technical' && stage === 'opened');
    });

  it('which are listed in an opening that nothing disturbs', async () => {
    const [first, second, third] = listed.trustees as [Trustee, Trustee, Trustee];
    const attendance = attendanceOf(listed, first);
    points.attend = await listRequest(ATTEND, attendance);
    for (const trustee of [first, second]) await (await sharesBy(listed, trustee)).insist();
    const last = await sharesBy(listed, third);
    points.shares = await listRequest(SHARES, last, 'shares');
    points.combine = phasesOf(await combineTrace());
    const all = [points.attend, points.shares, ...points.combine];
    process.stderr.write(
      `an opening has these points:\n${all.map((some) => `  ${some.join('\n  ')}\n`).join('  —\n')}`,
    );
    expect(points.combine).toHaveLength(QUORUM + 2);
  }, 600_000);

  /** The process ends itself when it has answered, so that what comes next is seen from a start. */
  async function listRequest(watch: string, act: TrusteeAct, name = 'attendance'): Promise<string[]> {
    const passed = await runner.trace(watch, async () => {
      await act.attempt(watched);
      if (name === 'shares') platform.current().process.kill('SIGKILL');
    });
    return distinct(passed).filter((point) => point.startsWith('request: '));
  }

  async function combineTrace(): Promise<string[]> {
    return runner.trace('', () => opened(listed));
  }

  /** Split where something of the opening was committed; numbers go, for each phase is begun by a new process. */
  function phasesOf(passed: readonly string[]): string[][] {
    const phases: string[][] = [[]];
    for (const point of passed) {
      if (!OF_VAULT.test(point) || OF_RELAY.test(point)) continue;
      const name = point.replace(/ #\d+$/, '');
      const phase = phases.at(-1)!;
      if (!phase.includes(name)) phase.push(name);
      if (/after vault COMMIT .*open/.test(name)) phases.push([]);
    }
    return phases.filter((phase) => phase.some((point) => /COMMIT .*open/.test(point)));
  }

  it('a trustee attends', async () => {
    const [, , first] = cut.trustees as [Trustee, Trustee, Trustee];
    const act = attendanceOf(cut, first);
    const missed = await runner.dieInTurn(ATTEND, points.attend, () => act.attempt(watched));
    await act.insist();
    process.stderr.write(`F1 attendance: ${fired()} deaths\n`);
    expect(missed).toEqual([]);
  }, 1_800_000);

  it('the last trustee of the quorum gives shares, and the envelopes are opened', async () => {
    for (const trustee of cut.trustees.slice(0, QUORUM - 1)) await (await sharesBy(cut, trustee)).insist();
    const last = await sharesBy(cut, cut.trustees[QUORUM - 1]!);
    const before = fired();
    expect(await runner.dieInTurn(SHARES, points.shares, () => last.attempt(watched))).toEqual([]);
    const between = fired();
    for (const phase of points.combine) {
      expect(await runner.dieByItself(chosenPoints(phase))).toEqual([]);
    }
    process.stderr.write(`F1 shares: ${between - before} deaths; opening: ${fired() - between} deaths\n`);
    await last.insist();
    const { items } = await opened(cut);
    expect(items).toHaveLength(QUORUM);
  }, 1_800_000);

  it('and each thing was done once: one entry for each act, one item for each envelope', async () => {
    const api = new ApiClient({ address: platform.current().address, patienceMs: PATIENCE_MS });
    const { descriptor } = await api.call(getDescriptor, { tenderId: cut.tenderId });
    const told = await waitUntil('the ledger to tell the opening', PATIENCE_MS, async () => {
      const { entries } = await readLedger(api, String(descriptor['ledgerKey']));
      const open = entries.flatMap(({ entry }) => (isSealedEntry(entry) ? [] : [entry]));
      const ours = open.filter(({ tender }) => tender === cut.tenderId).map(({ type }) => type);
      return ours.includes('vault.envelopes-opened') ? ours : undefined;
    });
    const count = (type: string): number => told.filter((one) => one === type).length;
    expect({
      closed: count('vault.bids-closed'),
      attended: count('vault.trustee-attended'),
      opened: count('vault.envelopes-opened'),
    }).toEqual({ closed: 1, attended: QUORUM, opened: 1 });
    const verdict = await oracle.judge(platform, [listed.tenderId, cut.tenderId]);
    process.stderr.write(`F1 opening: ${fired()} deaths, ${figureOf(verdict)}\n`);
    expect(verdict).toEqual({ acknowledged: 6, lost: 0, phantom: 0, late: 0, double: 0 });
  }, 300_000);
});
