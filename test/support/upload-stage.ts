import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { contentKey } from '#kernel';
import { sendEnvelope } from '../../apps/cli/src/client/send-envelope.js';
import { commitTo } from './commit-to.js';
import { openTender } from './open-tender.js';
import { startTestPlatform, type TestPlatform } from './platform.js';
import { type Body, randomBody, RawTus } from './raw-tus.js';

const PATIENCE_MS = 60_000;

export interface UploadStage {
  readonly platform: TestPlatform;
  readonly tenderId: string;
  /** One of six bidders, with a client that does what it is told. */
  tusOf(seat: number): RawTus;
  /** The same bidder with our own client. */
  send(seat: number, body: Body, onProgress?: (sent: number) => void): Promise<void>;
  sendFile(seat: number, body: Body, path: string): Promise<void>;
  /** New bytes that a bidder has committed to. */
  newBody(seat: number, size: number): Promise<Body>;
  /** Whether anything lies under the content key of this body. */
  isPlaced(body: Body): boolean;
}

/** A platform of its own with a tender that takes bids, and bidders who send envelopes. */
export async function uploadStage(): Promise<UploadStage> {
  const platform = await startTestPlatform({ clockFactor: 1 });
  const { tenderId, seats } = await openTender(platform, PATIENCE_MS).catch(async (error: unknown) => {
    await platform.close();
    throw error;
  });
  const folder = `/api/v1/tenders/${tenderId}/envelopes`;
  const apiOf = (seat: number) => seats[seat]!.bidder.api;
  return {
    platform,
    tenderId,
    tusOf: (seat) =>
      new RawTus(() => platform.current().address, folder, apiOf(seat).sessionHeaders()['cookie']!),
    send: (seat, { bytes, sha256 }, onProgress = () => undefined) =>
      sendEnvelope({ api: apiOf(seat), tenderId, sha256, size: bytes.length, bytes, onProgress }),
    sendFile: (seat, { bytes, sha256 }, path) =>
      sendEnvelope({ api: apiOf(seat), tenderId, sha256, size: bytes.length, path }),
    newBody: async (seat, size) => {
      const body = randomBody(size);
      await commitTo(seats[seat]!.bidder, tenderId, body.bytes);
      return body;
    },
    isPlaced: ({ sha256 }) =>
      ['quarantine', 'envelopes'].some((prefix) =>
        existsSync(join(platform.dataDir, 'objects', contentKey(prefix, sha256))),
      ),
  };
}
