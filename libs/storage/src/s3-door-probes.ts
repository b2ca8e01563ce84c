import { createHash, randomUUID } from 'node:crypto';
import { utf8 } from '#kernel';
import { codeOf } from './error-code.js';
import { type Attempt, wordsOf } from './probe-finding.js';
import { type S3Access, s3Client, type S3Place } from './s3-client.js';
import { wasSecond } from './s3-errors.js';

type Outcome = ReturnType<Attempt>;

const SHUT = /^(?:SignatureDoesNotMatch|AccessDenied|InvalidAccessKeyId|AllAccessDisabled)$/;
const WRONG_BYTES =
  /^(?:BadDigest|InvalidDigest|XAmzContentSHA256Mismatch|XAmzContentChecksumMismatch|SignatureDoesNotMatch)$/;
const LISTED = 12;
const PAGE = 5;

/** Who comes with a wrong secret, or with none, may neither list, read nor write. */
export async function shutOut(
  place: S3Place,
  access: S3Access,
  secret: 'wrong' | 'none',
  prefix: string,
): Outcome {
  const { client, bucket } = place;
  const stranger = s3Client({
    ...access,
    ...(secret === 'wrong' ? { secretKey: `${access.secretKey}x` } : { accessKey: '', secretKey: '' }),
  });
  const key = `${prefix}/door-${secret}`;
  await client.putObject(bucket, key, Buffer.from(utf8('inside')));
  const attempts = {
    list: () => stranger.listObjectsV2(bucket, prefix).toArray(),
    read: async () => void (await stranger.getObject(bucket, key)).destroy(),
    write: () => stranger.putObject(bucket, `${key}-stranger`, Buffer.from(utf8('outside'))),
  };
  for (const [act, attempt] of Object.entries(attempts)) {
    const refusal = await refusalOf(attempt);
    if (refusal === undefined) return ['fails', `${act} was let in`];
    if (!SHUT.test(codeOf(refusal))) return ['cannot-tell', `${act}: ${wordsOf(refusal)}`];
  }
  return ['holds', 'list, read and write are refused'];
}

/** Bytes that do not have the sum that was announced for them are refused, and nothing is kept. */
export async function wrongChecksum({ client, bucket }: S3Place, access: S3Access, prefix: string): Outcome {
  const body = Buffer.from(utf8('on the way'));
  const other = utf8('announced');
  const put = (name: string, sum: string, headers: Record<string, string>): (() => Promise<unknown>) => {
    const key = `${prefix}/${name}`;
    const request = { method: 'PUT', bucketName: bucket, objectName: key, headers } as const;
    return () =>
      client.makeRequestStreamAsync(
        { ...request, headers: { ...headers, 'content-length': body.length } },
        body,
        sum,
        [200],
        '',
      );
  };
  // Over https the client signs no sum: the connection keeps the bytes.
  const isSigned = new URL(access.endpoint).protocol === 'http:';
  const md5 = createHash('md5').update(other).digest('base64');
  const attempts = {
    'Content-MD5': put('md5', isSigned ? sha256(body) : '', { 'Content-MD5': md5 }),
    ...(isSigned ? { 'signed SHA-256': put('sha256', sha256(other), {}) } : {}),
  };
  for (const [sum, attempt] of Object.entries(attempts)) {
    const refusal = await refusalOf(attempt);
    if (refusal === undefined) return ['fails', `a wrong ${sum} was taken`];
    if (!WRONG_BYTES.test(codeOf(refusal))) return ['cannot-tell', `${sum}: ${wordsOf(refusal)}`];
  }
  return ['holds', `a wrong ${Object.keys(attempts).join(' and a wrong ')} is refused`];
}

/** Whether a server refuses the second object of a name when it is asked to (RFC 9110, If-None-Match). */
export async function conditionalWrite({ client, bucket }: S3Place, prefix: string): Outcome {
  const put = () =>
    client.putObject(bucket, `${prefix}/once`, Buffer.from(utf8('once')), 4, { 'If-None-Match': '*' });
  await put();
  const refusal = await refusalOf(put);
  if (refusal === undefined) return ['fails', 'a second one was taken'];
  return [wasSecond(refusal) ? 'holds' : 'cannot-tell', wordsOf(refusal)];
}

/** Everything that was just put is listed, in order, over more than one page. */
export async function listing({ client, bucket }: S3Place, prefix: string): Outcome {
  const names = Array.from(
    { length: LISTED },
    (_, n) => `${prefix}/list/${(n * 7) % LISTED}-${randomUUID()}`,
  );
  for (const name of names) await client.putObject(bucket, name, Buffer.from(utf8('listed')));
  const found: string[] = [];
  let next = '';
  for (let page = 0; page <= LISTED; page += 1) {
    const { objects, isTruncated, nextContinuationToken } = (await client.listObjectsV2Query(
      bucket,
      `${prefix}/list/`,
      next,
      '',
      PAGE,
      '',
    )) as unknown as Page;
    found.push(...objects.map(({ name }) => name));
    if (!isTruncated) break;
    next = nextContinuationToken;
  }
  const isWhole = found.join(' ') === [...names].sort().join(' ');
  return [isWhole ? 'holds' : 'fails', `${found.length} of ${LISTED} names${isWhole ? ', in order' : ''}`];
}

interface Page {
  readonly objects: readonly { readonly name: string }[];
  readonly isTruncated: boolean;
  readonly nextContinuationToken: string;
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** How the server refused; undefined where it did not. */
async function refusalOf(attempt: () => Promise<unknown>): Promise<unknown> {
  try {
    await attempt();
    return undefined;
  } catch (error) {
    return error ?? new Error('refused without a word');
  }
}
