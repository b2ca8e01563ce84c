import { Client } from 'minio';

export interface S3Settings {
  /** `http(s)://host:port` */
  readonly endpoint: string;
  readonly accessKey: string;
  readonly secretKey: string;
  readonly bucket: string;
  readonly region?: string;
  readonly mutablePrefixes: readonly string[];
  /** Makes the bucket where it is missing; otherwise a missing bucket is an error. */
  readonly createBucket?: boolean;
}

/**
 * The client goes on with any unfinished upload of the same name, so two large puts at once would share one: the second
 * to finish fails, and parts that are alike are left out. Each put has an upload of its own.
 */
class SeparateUploads extends Client {
  override findUploadId(): Promise<undefined> {
    return Promise.resolve(undefined);
  }
}

/** A client that addresses buckets by path, which every S3 server understands. Connects at its first request. */
export function s3Client(
  settings: Pick<S3Settings, 'endpoint' | 'accessKey' | 'secretKey' | 'region'>,
): Client {
  const { endpoint, accessKey, secretKey, region = 'us-east-1' } = settings;
  const url = new URL(endpoint);
  const useSSL = url.protocol === 'https:';
  const port = url.port === '' ? (useSSL ? 443 : 80) : parseInt(url.port, 10);
  return new SeparateUploads({
    endPoint: url.hostname,
    port,
    useSSL,
    accessKey,
    secretKey,
    region,
    pathStyle: true,
  });
}
