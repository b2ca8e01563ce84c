import { randomUUID } from 'node:crypto';
import type { Client } from 'minio';
import { utf8 } from '#kernel';
import { s3Client, type S3Settings } from './s3-client.js';

export interface Finding {
  readonly check: string;
  readonly ok: boolean;
  /** What the server did, in words. */
  readonly detail: string;
}

interface Probe {
  readonly client: Client;
  readonly bucket: string;
  readonly key: string;
  readonly versionId: string;
  readonly until: Date;
}

const PREFIX = 'doctor/';
/** Long enough for clocks that differ; the probe can be removed afterwards. */
const RETAINED_MS = 10 * 60_000;

/**
 * Tries on a real server what the S3 store promises, because servers exist that accept retention and let a locked
 * version go: versioning is on; a retained version can neither be deleted nor overwritten away; its retention cannot
 * be shortened, not even by the owner who asks to bypass it; a wrong secret is refused. Leaves one object of 5 bytes
 * under `doctor/` that is retained for ten minutes. Never throws: what cannot be tried is a finding that is not ok.
 */
export async function doctor(settings: S3Settings): Promise<Finding[]> {
  const client = s3Client(settings);
  const { bucket } = settings;
  const findings = [
    await examine('versioning is on', () => versioning(client, bucket)),
    await examine('a wrong secret is refused', () => wrongSecret(settings)),
  ];
  const probe: { made?: Probe } = {};
  const accepted = await examine('retention is accepted', async () => {
    probe.made = await retained(client, bucket);
    return [true, `until ${probe.made.until.toISOString()}`];
  });
  const made = probe.made;
  const onProbe = (check: string, attempt: (probe: Probe) => Promise<Outcome>): Promise<Finding> =>
    examine(check, async () => (made ? attempt(made) : [false, 'nothing could be retained to try it on']));
  return [
    ...findings,
    accepted,
    await onProbe('a retained version cannot be deleted', deletion),
    await onProbe('a retained version outlives an overwriting', overwriting),
    await onProbe('retention cannot be shortened', shortening),
  ];
}

type Outcome = readonly [ok: boolean, detail: string];

async function examine(check: string, attempt: () => Promise<Outcome>): Promise<Finding> {
  try {
    const [ok, detail] = await attempt();
    return { check, ok, detail };
  } catch (error) {
    return { check, ok: false, detail: wordsOf(error) };
  }
}

async function versioning(client: Client, bucket: string): Promise<Outcome> {
  const { Status: status } = (await client.getBucketVersioning(bucket)) as { Status?: string };
  return [status === 'Enabled', status ?? 'never switched on'];
}

/** Only an answer that refuses counts; a server that cannot be reached has refused nothing. */
async function wrongSecret(settings: S3Settings): Promise<Outcome> {
  const stranger = s3Client({ ...settings, secretKey: `${settings.secretKey}x` });
  const refusal = await refusalOf(() => stranger.listObjectsV2(settings.bucket, PREFIX).toArray());
  const isRefused = refusal !== undefined && /^(?:SignatureDoesNotMatch|AccessDenied)/.test(refusal);
  return [isRefused, refusal ?? 'it was let in'];
}

async function retained(client: Client, bucket: string): Promise<Probe> {
  const key = `${PREFIX}${randomUUID()}`;
  const { versionId } = await client.putObject(bucket, key, Buffer.from(utf8('first')), 5);
  if (!versionId) throw new Error('the server keeps no versions');
  const until = new Date(Date.now() + RETAINED_MS);
  await setRetention({ client, bucket, key, versionId, until }, until, false);
  return { client, bucket, key, versionId, until };
}

async function deletion(probe: Probe): Promise<Outcome> {
  const { client, bucket, key, versionId } = probe;
  const plain = await refusalOf(() => client.removeObject(bucket, key, { versionId }));
  const bypassing = await refusalOf(() =>
    client.removeObject(bucket, key, { versionId, governanceBypass: true }),
  );
  return [
    (await holds(probe)) && plain !== undefined && bypassing !== undefined,
    plain ?? bypassing ?? 'it was deleted',
  ];
}

async function overwriting(probe: Probe): Promise<Outcome> {
  const { client, bucket, key } = probe;
  const { versionId } = await client.putObject(bucket, key, Buffer.from(utf8('later')), 5);
  const isKept = await holds(probe);
  if (versionId && versionId !== probe.versionId) await client.removeObject(bucket, key, { versionId });
  return [isKept, isKept ? 'the first version can still be read' : 'the first version is gone'];
}

async function shortening(probe: Probe): Promise<Outcome> {
  const { client, bucket, key, versionId } = probe;
  const sooner = new Date(probe.until.getTime() - RETAINED_MS / 2);
  const plain = await refusalOf(() => setRetention(probe, sooner, false));
  const bypassing = await refusalOf(() => setRetention(probe, sooner, true));
  const set = await client.getObjectRetention(bucket, key, { versionId });
  const isUnchanged = Date.parse(String(set?.retainUntilDate)) > sooner.getTime();
  return [
    isUnchanged && plain !== undefined && bypassing !== undefined,
    plain ?? bypassing ?? 'it was shortened',
  ];
}

async function holds({ client, bucket, key, versionId }: Probe): Promise<boolean> {
  const body = await client.getObject(bucket, key, { versionId });
  const parts = (await body.toArray()) as Uint8Array[];
  return Buffer.concat(parts).toString() === 'first';
}

/** The client's own type wants an enumeration that its package does not export as a type of this shape. */
async function setRetention(probe: Probe, until: Date, governanceBypass: boolean): Promise<void> {
  const { client, bucket, key, versionId } = probe;
  const mode = 'COMPLIANCE';
  const retainUntilDate = until.toISOString();
  await client.putObjectRetention(bucket, key, {
    mode,
    retainUntilDate,
    versionId,
    governanceBypass,
  } as never);
}

/** How the server refused; undefined where it did not. */
async function refusalOf(attempt: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await attempt();
    return undefined;
  } catch (error) {
    return wordsOf(error);
  }
}

function wordsOf(error: unknown): string {
  const { code, message } = error as { code?: string; message?: string };
  return [code, message].filter((part) => part).join(': ') || String(error);
}
