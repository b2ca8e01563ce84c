import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bech32 } from '@scure/base';
import { getDescriptor, getOpeningRecord, getTender, listQuestions, listTenders } from '#contracts';
import { S3ObjectStore } from '#storage';
import { ApiClient } from '../../apps/cli/src/client/api-client.js';
import type { SealedScene } from '../../apps/cli/src/demo/play-tender.js';
import { CLOCK_FACTOR, play } from '../support/play.js';
import { clusterOf, startTestPlatform, type TestPlatform } from '../support/platform.js';

const CANARY = 'CANARY-5c6f1d1e-the-price-nobody-may-know';

interface Haystack {
  readonly name: string;
  readonly bytes: Buffer;
}

function filesOf(folder: string): Haystack[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((name) => ({ name, bytes: readFileSync(name) }));
}

/** Every row of every table as text: what compression inside the files would hide. */
async function rowsOf(platform: TestPlatform): Promise<Haystack[]> {
  const tables = await platform.query<{ name: string }>(
    `SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables
     WHERE schemaname NOT IN ('pg_catalog', 'information_schema')`,
  );
  const found: Haystack[] = [];
  for (const { name } of tables) {
    const rows = await platform.query<{ text: string }>(`SELECT t::text AS text FROM ${name} AS t`);
    found.push({ name, bytes: Buffer.from(rows.map(({ text }) => text).join('\n')) });
  }
  return found;
}

async function answersOf(address: string, { tenderId, seats }: SealedScene): Promise<Haystack[]> {
  const clients = [new ApiClient({ address }), ...seats.map(({ bidder }) => bidder.api)];
  const answers: Haystack[] = [];
  for (const api of clients) {
    const asked = await Promise.all([
      api.call(getTender, { tenderId }),
      api.call(listTenders, {}),
      api.call(getDescriptor, { tenderId }),
      api.call(getOpeningRecord, { tenderId }),
      api.call(listQuestions, { tenderId }),
    ]);
    answers.push({ name: 'answers', bytes: Buffer.from(JSON.stringify(asked)) });
  }
  return answers;
}

/** What the object store holds, and with a broker what that holds: files, or the objects of the S3 server's bucket. */
async function storedBytes(dataDir: string): Promise<Haystack[]> {
  if (existsSync(join(dataDir, 'objects'))) return filesOf(join(dataDir, 'objects'));
  const keys = JSON.parse(readFileSync(join(dataDir, 's3', 'cluster.json'), 'utf8')) as {
    accessKey: string;
    secretKey: string;
  };
  const [, address] = /endpoint=(\S+)/.exec(readFileSync(join(dataDir, 's3', 'ceph.conf'), 'utf8'))!;
  const settings = { ...keys, endpoint: `http://${address}`, bucket: 'sunseal', mutablePrefixes: [] };
  const store = await S3ObjectStore.connect(settings);
  const objects: Haystack[] = [];
  for await (const { key } of store.list(''))
    objects.push({ name: key, bytes: Buffer.from(await store.read(key)) });
  return [...objects, ...filesOf(join(dataDir, 'nats'))];
}

describe.each([
  ['in one process', false],
  ['over NATS with S3', true],
])('before the opening, %s', (_name, overNats) => {
  let platform: TestPlatform;
  let found: string[] = [];
  let searched = 0;
  let control = false;

  beforeAll(async () => {
    platform = await startTestPlatform({ clockFactor: CLOCK_FACTOR, overNats });
    const whileSealed = async (scene: SealedScene): Promise<void> => {
      const { bidder } = scene.seats.find(({ company }) => company.fate === 'withdraws')!;
      const descriptor = await bidder.descriptor();
      const part = { name: 'canary.txt', mediaType: 'text/plain', bytes: Buffer.from(CANARY.repeat(20)) };
      const sealed = await bidder.seal(
        descriptor,
        { technical: [part], commercial: [part] },
        '2027-01-01T00:00:00.000Z',
      );
      await bidder.submit(sealed);
      const rescue = sealed.envelopes.map(({ rescueIdentity }) => rescueIdentity);
      const seeds = rescue.map((identity) => Buffer.from(bech32.decodeToBytes(identity.toLowerCase()).bytes));
      const secret = [Buffer.from(CANARY), ...rescue.map((identity) => Buffer.from(identity)), ...seeds];
      const haystacks = [
        ...filesOf(clusterOf(platform.dataDir)),
        ...(await storedBytes(platform.dataDir)),
        { name: 'log', bytes: Buffer.from(platform.log()) },
        ...(await rowsOf(platform)),
        ...(await answersOf(platform.current().address, scene)),
      ];
      searched = haystacks.reduce((sum, { bytes }) => sum + bytes.length, 0);
      found = haystacks
        .filter(({ bytes }) => secret.some((needle) => bytes.includes(needle)))
        .map(({ name }) => name);
      const digest = Buffer.from(sealed.envelopes[0]!.manifest.age.sha256);
      control = haystacks.some(({ name, bytes }) => name.includes('bid_act') && bytes.includes(digest));
      // The play goes on without this bid: its documents are none that the experts know.
      await bidder.withdraw(descriptor, '2027-01-01T00:00:00.000Z');
    };
    await play(platform, { noticeRealMs: 25_000, patienceMs: 20_000, whileSealed });
  }, 180_000);

  afterAll(() => platform?.close());

  it('no plaintext of a bid and no key to one is in any byte of database, objects, log or answers', () => {
    expect(searched).toBeGreaterThan(1_000_000);
    expect(found).toEqual([]);
  });

  it('the search would have found it: what the platform does hold of the bid is there', () => {
    expect(control).toBe(true);
  });

  it('the database role of technical scoring cannot read whose a bid is', async () => {
    const schemas = await platform.query<{ schema: string }>(
      `SELECT nspname AS schema FROM pg_namespace
       WHERE has_schema_privilege('sunseal_technical_scoring', oid, 'USAGE') AND nspname NOT LIKE 'pg\\_%'
         AND nspname NOT IN ('information_schema')`,
    );
    expect(schemas.map(({ schema }) => schema).sort()).toEqual(['platform', 'technical_scoring']);
    for (const table of [
      'vault.final_bid',
      'vault.bid_act',
      'vault.sealed_act',
      'registration.organisation',
    ]) {
      await expect(
        platform.query(`SET ROLE sunseal_technical_scoring; SELECT * FROM ${table}`),
      ).rejects.toThrow(/permission denied/);
    }
  });

  it('technical scoring holds no organisation, no certificate and no manifest', async () => {
    const organisations = await platform.query<{ id: string; name: string }>(
      'SELECT organisation_id AS id, name FROM registration.organisation',
    );
    const rows = (await rowsOf(platform)).filter(({ name }) => name.startsWith('technical_scoring.'));
    expect(rows.length).toBeGreaterThan(0);
    const leaks = rows.filter(({ bytes }) =>
      organisations.some(({ id, name }) => bytes.includes(id) || bytes.includes(name)),
    );
    expect(leaks.map(({ name }) => name)).toEqual([]);
  });
});
