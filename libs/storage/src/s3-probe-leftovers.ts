import type { S3Place } from './s3-client.js';

/** Older ones belong to no run that is still going on. */
const OLD_MS = 2 * 60 * 60_000;
const LEFTOVERS_MAX = 1_000;

interface Listed {
  readonly name?: string;
  readonly versionId?: string;
  readonly lastModified?: Date;
}

/**
 * Takes away what the probes of this run made, and what earlier runs had to leave while it was locked. What is locked
 * still stays for the next run. Never throws.
 */
export async function removeProbes({ client, bucket }: S3Place, prefix: string): Promise<void> {
  try {
    const versions = client.listObjects(bucket, 'doctor/', true, { IncludeVersion: true });
    let seen = 0;
    for await (const { name, versionId, lastModified } of versions as AsyncIterable<Listed>) {
      seen += 1;
      if (seen > LEFTOVERS_MAX) break;
      const isOld = Date.now() - (lastModified?.getTime() ?? Date.now()) > OLD_MS;
      if (name === undefined || (!name.startsWith(`${prefix}/`) && !isOld)) continue;
      const options = versionId === undefined ? {} : { versionId: String(versionId) };
      await client.removeObject(bucket, name, options).catch(() => undefined);
    }
  } catch {
    // A server that does not answer has said so in every probe.
  }
}
