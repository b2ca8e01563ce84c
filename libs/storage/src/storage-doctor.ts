import { randomUUID } from 'node:crypto';
import { S3Error } from 'minio';
import type { ObjectStore } from './object-store.port.js';
import { type Attempt, finding, type ProbeText, wordsOf } from './probe-finding.js';
import { lockOf, versioningOf } from './s3-bucket.js';
import { type S3Access, s3Client, type S3Place, type S3Settings } from './s3-client.js';
import { conditionalWrite, listing, shutOut, wrongChecksum } from './s3-door-probes.js';
import * as lock from './s3-lock-probes.js';
import { S3_PROBES } from './s3-probe-texts.js';
import { removeProbes } from './s3-probe-leftovers.js';
import { faultsOf, type Finding, type StoreReport } from './store-report.js';

/** A service that starts waits for this. */
const IDLE_MS = 10_000;

/**
 * What a store holds of what it promises, found by trying, for a service at its start. A service that keeps sealed bids
 * refuses to start where `isSound` is false; in production also where `isWriteOnce` is. Never throws.
 */
export async function checkStore(store: ObjectStore): Promise<StoreReport> {
  return store.probe();
}

/**
 * Tries on a real server what the S3 store promises, because servers exist that accept retention and let a locked
 * version go. Needs no sound bucket. Leaves one object of 5 bytes under `doctor/` that is locked for half a minute (a
 * day where the server takes nothing shorter); the next run removes it. Never throws.
 */
export async function doctor(settings: S3Settings): Promise<StoreReport> {
  const access = { ...settings, idleMs: Math.min(settings.idleMs ?? IDLE_MS, IDLE_MS) };
  const place: S3Place = { client: s3Client(access), bucket: settings.bucket };
  const silence = await silenceOf(place);
  if (silence !== undefined) return reportOf(settings, silentFindings(silence));
  const prefix = `doctor/${randomUUID()}`;
  const findings = [...(await bucketFindings(place, access, prefix)), ...(await lockFindings(place, prefix))];
  await removeProbes(place, prefix);
  return reportOf(settings, findings);
}

function reportOf({ endpoint, bucket }: S3Settings, findings: readonly Finding[]): StoreReport {
  const isSound = faultsOf(findings).length === 0;
  const store = `${new URL(endpoint).origin}/${bucket}`;
  return { kind: 'S3', store, isWriteOnce: isSound, isSound, summary: summaryOf(findings), findings };
}

/** Where nothing comes back at all, nothing more is tried: every probe would wait as long. */
async function silenceOf({ client, bucket }: S3Place): Promise<string | undefined> {
  try {
    await client.bucketExists(bucket);
    return undefined;
  } catch (error) {
    return error instanceof S3Error ? undefined : wordsOf(error);
  }
}

const silentFindings = (detail: string): Finding[] =>
  Object.entries(S3_PROBES).map(([name, text]) => ({
    ...text,
    isNeeded: !['conditional', 'defaultRetention'].includes(name),
    result: 'cannot-tell',
    detail,
  }));

async function bucketFindings(place: S3Place, access: S3Access, prefix: string): Promise<Finding[]> {
  const { versioning, objectLock, defaultRetention, wrongSecret, unsigned, checksum, conditional } =
    S3_PROBES;
  return [
    await finding(versioning, true, async () => {
      const status = await versioningOf(place);
      return [status === 'Enabled' ? 'holds' : 'fails', status ?? 'never switched on'];
    }),
    await finding(objectLock, true, async () =>
      (await lockOf(place)).isEnabled ? ['holds', 'Enabled'] : ['fails', 'the bucket was made without it'],
    ),
    await finding(defaultRetention, false, async () => {
      const { byDefault } = await lockOf(place);
      return byDefault === undefined ? ['holds', 'none'] : ['fails', `every version is locked: ${byDefault}`];
    }),
    await finding(wrongSecret, true, () => shutOut(place, access, 'wrong', prefix)),
    await finding(unsigned, true, () => shutOut(place, access, 'none', prefix)),
    await finding(checksum, true, () => wrongChecksum(place, access, prefix)),
    await finding(S3_PROBES.listing, true, () => listing(place, prefix)),
    await finding(conditional, false, () => conditionalWrite(place, prefix)),
  ];
}

async function lockFindings(place: S3Place, prefix: string): Promise<Finding[]> {
  const { accepted, deletion, bypass, shortening, extension, overwriting } = S3_PROBES;
  const probe: { locked?: lock.LockedObject } = {};
  const first = await finding(accepted, true, async () => {
    probe.locked = await lock.lockObject(place, `${prefix}/locked`);
    return lock.lockShows(probe.locked);
  });
  const { locked } = probe;
  const on = (
    text: ProbeText,
    attempt: (locked: lock.LockedObject) => ReturnType<Attempt>,
  ): Promise<Finding> =>
    finding(text, true, async () =>
      locked ? attempt(locked) : ['cannot-tell', 'nothing could be locked to try it on'],
    );
  return [
    first,
    await on(deletion, lock.deletion),
    await on(bypass, lock.bypassedDeletion),
    await on(shortening, lock.shortening),
    await on(extension, lock.extension),
    await on(overwriting, lock.overwriting),
  ];
}

function summaryOf(findings: readonly Finding[]): string {
  const faults = faultsOf(findings);
  if (faults.length === 0)
    return 'The store is write-once for what is retained: it held against every attempt.';
  const failed = faults.filter(({ result }) => result === 'fails').map(({ probe }) => probe);
  return failed.length > 0
    ? `The store does not hold what it must: ${failed.join(', ')}.`
    : `The store could not be examined: ${faults[0]?.detail}.`;
}
