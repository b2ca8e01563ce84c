import http from 'node:http';
import https from 'node:https';
import { Client } from 'minio';
import { patientTransport } from './s3-transport.js';

/** Longer than any server needs that is well; also the longest pause of whoever reads a body. */
const IDLE_MS = 60_000;
/** More requests wait for a free connection. */
const CONNECTIONS_MAX = 256;

export interface S3Access {
  /** `http(s)://host:port` */
  readonly endpoint: string;
  /** Both empty: requests are not signed. */
  readonly accessKey: string;
  readonly secretKey: string;
  readonly region?: string;
  /** A connection on which nothing moves for so long is given up: `storage.unavailable`. 60 s. */
  readonly idleMs?: number;
}

export interface S3Settings extends S3Access {
  readonly bucket: string;
  readonly mutablePrefixes: readonly string[];
  /** Makes the bucket where it is missing; otherwise a missing bucket is an error. */
  readonly createBucket?: boolean;
  /** Where bodies are measured before they are sent; a folder of this user under the system's temporary folder. */
  readonly spoolFolder?: string;
  /** Of all bodies under way in this process; 16 GiB. */
  readonly temporaryBytesMax?: number;
}

/** Where objects are: passed to whatever speaks to the server. */
export interface S3Place {
  readonly client: S3Client;
  readonly bucket: string;
}

/**
 * The client goes on with any unfinished upload of the same name, so two large puts at once would share one: the second
 * to finish fails, and parts that are alike are left out. Each put has an upload of its own.
 */
export class S3Client extends Client {
  override findUploadId(): Promise<undefined> {
    return Promise.resolve(undefined);
  }

  /** What the server has of an unfinished upload. */
  partsOf(bucket: string, key: string, uploadId: string): Promise<{ part: number; etag: string }[]> {
    return this.listParts(bucket, key, uploadId);
  }
}

/** A client that addresses buckets by path, which every S3 server understands. Connects at its first request. */
export function s3Client(access: S3Access): S3Client {
  const { endpoint, accessKey, secretKey, region = 'us-east-1', idleMs = IDLE_MS } = access;
  const url = new URL(endpoint);
  const useSSL = url.protocol === 'https:';
  const port = url.port === '' ? (useSSL ? 443 : 80) : parseInt(url.port, 10);
  const agent = { keepAlive: true, maxSockets: CONNECTIONS_MAX };
  return new S3Client({
    endPoint: url.hostname,
    port,
    useSSL,
    accessKey,
    secretKey,
    region,
    pathStyle: true,
    transport: patientTransport(useSSL ? 'https:' : 'http:', idleMs),
    transportAgent: useSSL ? new https.Agent(agent) : new http.Agent(agent),
    retryOptions: { disableRetry: true },
  });
}
