import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getEvaluation, getTender, listEntries } from '#contracts';
import { MANIFEST } from '#verify';
import { listFiles, sha256Hex } from '../../apps/cli/src/bundle/bundle-files.js';
import { verifyBundle } from '../../apps/cli/src/bundle/verify-bundle.js';
import { writeBundle } from '../../apps/cli/src/bundle/write-bundle.js';
import { ApiClient } from '../../apps/cli/src/client/api-client.js';
import { waitUntil } from '../../apps/cli/src/client/wait-until.js';
import { PUBLISHED_EXAMPLE } from '../../apps/cli/src/demo/story.js';
import { CLOCK_FACTOR, play } from '../support/play.js';
import { startTestPlatform, type TestPlatform } from '../support/platform.js';

describe('a whole tender', () => {
  let platform: TestPlatform;
  let tenderId: string;
  let api: ApiClient;
  const folder = mkdtempSync(join(tmpdir(), 'sunseal-bundle-'));
  const bundle = join(folder, 'bundle');

  beforeAll(async () => {
    platform = await startTestPlatform({ clockFactor: CLOCK_FACTOR });
    ({ tenderId } = await play(platform, { noticeRealMs: 12_000, patienceMs: 20_000 }));
    api = new ApiClient({ address: platform.current().address });
    await writeBundle(api, tenderId, bundle);
  }, 120_000);

  /** Reads the stream until nothing new has come for a moment. */
  async function eventsAfter(id: string): Promise<{ id: string; type: string }[]> {
    const leave = new AbortController();
    const response = await fetch(`${platform.current().address}/api/v1/tenders/${tenderId}/events`, {
      headers: { 'last-event-id': id },
      signal: leave.signal,
    });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    let text = '';
    setTimeout(() => leave.abort(), 1_000);
    try {
      for await (const chunk of response.body!) text += Buffer.from(chunk).toString();
    } catch {
      // The stream has no end of its own: we left.
    }
    return [...text.matchAll(/^id: (\d+)\nevent: (.+)$/gm)].map(([, eventId, type]) => ({
      id: eventId!,
      type: type!,
    }));
  }

  afterAll(async () => {
    await platform?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('goes from template to award', async () => {
    const tender = await api.call(getTender, { tenderId });
    expect(tender.stage).toBe('awarded');
    expect(tender.award?.price).toBe('9000000');
  });

  it('has the benchmark that the published example prints', async () => {
    const { document } = await api.call(getEvaluation, { tenderId });
    expect(document.result['benchmark']).toMatchObject({ rounded: PUBLISHED_EXAMPLE.benchmark });
  });

  it('leaves the commercial envelope of the bid below the threshold sealed', async () => {
    const files = await listFiles(bundle);
    expect(files.filter((path) => path.endsWith('.technical.age'))).toHaveLength(5);
    expect(files.filter((path) => path.endsWith('.commercial.age'))).toHaveLength(4);
  });

  it('is told to anyone as server-sent events, and resumes where a client left off', async () => {
    const all = await waitUntil('the last event', 60_000, async () => {
      const sofar = await eventsAfter('0');
      return sofar.some(({ type }) => type === 'vault.envelopes-destroyed') ? sofar : undefined;
    });
    const types = all.map(({ type }) => type);
    expect(types[0]).toBe('tendering.tender-published');
    for (const type of [
      'tendering.tender-closed',
      'vault.trustee-attended',
      'vault.shares-taken',
      'vault.combining-begun',
      'vault.envelopes-opened',
      'vault.envelopes-destroyed',
      'commercial-scoring.ranking-made',
    ]) {
      expect(types).toContain(type);
    }
    const third = all[2]!;
    expect((await eventsAfter(third.id)).map(({ id }) => id)).toEqual(all.slice(3).map(({ id }) => id));
  });

  it('verifies offline', async () => {
    expect((await verifyBundle(bundle)).checks).toHaveLength(8);
  });

  it('is found out by any changed byte in any file', async () => {
    const copy = join(folder, 'tampered');
    cpSync(bundle, copy, { recursive: true });
    for (const path of await listFiles(bundle)) {
      const original = readFileSync(join(bundle, path));
      for (const at of [0, Math.floor(original.length / 2), original.length - 1]) {
        const changed = Buffer.from(original);
        changed[at]! ^= 1;
        writeFileSync(join(copy, path), changed);
        await expect(verifyBundle(copy)).rejects.toThrow();
      }
      writeFileSync(join(copy, path), original);
    }
  });

  it('is found out although the list of hashes was rewritten to fit', async () => {
    const copy = join(folder, 'rewritten');
    cpSync(bundle, copy, { recursive: true });
    const list = readFileSync(join(bundle, MANIFEST), 'utf8');
    const unproven: string[] = [];
    for (const path of await listFiles(bundle)) {
      if (path === MANIFEST) continue;
      const original = readFileSync(join(bundle, path));
      const changed = Buffer.from(original);
      changed[Math.floor(original.length / 2)]! ^= 1;
      writeFileSync(join(copy, path), changed);
      writeFileSync(join(copy, MANIFEST), list.replace(sha256Hex(original), sha256Hex(changed)));
      const isFound = await verifyBundle(copy).then(
        () => false,
        () => true,
      );
      if (!isFound) unproven.push(path);
      writeFileSync(join(copy, path), original);
    }
    // Words for people, and checks of bills whose buyer's side is not in the bundle: nothing in the ledger holds them.
    expect(unproven.filter((path) => !['README.md', 'evaluation/boq-checks.json'].includes(path))).toEqual(
      [],
    );
  });

  it('refuses signing in with a wrong password and hides what is not public', async () => {
    const stranger = new ApiClient({ address: platform.current().address });
    await expect(stranger.signIn('administrator', 'not-the-password')).rejects.toMatchObject({
      code: 'sign-in.refused',
    });
    await expect(stranger.call(listEntries, {})).rejects.toMatchObject({ code: 'session.missing' });
  });
});
