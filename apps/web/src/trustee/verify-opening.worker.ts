import { sha256 } from '@noble/hashes/sha2.js';
import { jcsBytes, toHex } from '#kernel';
import { openShare, type TenderDescriptor } from '#sealing';
import {
  checkOpening,
  type MayOpen,
  type OpeningAsked,
  type PlatformReader,
  readEntriesSoFar,
  readOpeningWork,
  seatOf,
} from '#verify';
import { call } from '../api/call.js';
import { browserReader } from '../verify/browser-reader.js';
import type { OpeningOrder, OpeningStep, OpeningWord, VerifiedOpening } from './opening-order.js';
import { random } from './random.js';

const LOOK_AGAIN_MS = 1_000;
const LEDGER_LOOKS = 120;

const say = (word: OpeningWord): void => globalThis.postMessage(word);
const step = (it: OpeningStep): void => say({ type: 'step', step: it });

/**
 * A trustee’s checks, as the program makes them: the ledger is read and verified, what is to be opened compared with
 * it, every deal verified anew. Shares are made here and given by the page, once the trustee says so.
 */
async function verify({ tenderId, envelopeId, key, now }: OpeningOrder): Promise<VerifiedOpening> {
  step({ name: 'reading' });
  const answer = await call('getDescriptor', { tenderId });
  const descriptor = answer.descriptor as unknown as TenderDescriptor;
  const trusteeIndex = seatOf(descriptor, key);
  const work = await readOpeningWork(browserReader, tenderId, envelopeId);
  const { mayOpen, entries } = await requireEntered({ descriptor, envelopeId, work, now });
  const { manifests, leftSealed } = mayOpen;
  const closeEntrySha256 = toHex(sha256(jcsBytes(work.close)));
  const shares: VerifiedOpening['shares'][number][] = [];
  for (const { manifest, manifestSha256 } of manifests) {
    const share = openShare({ descriptor, manifest, closeEntrySha256, trusteeIndex, key, random });
    shares.push({ manifestSha256, share });
    step({ name: 'deals', done: shares.length, of: manifests.length });
  }
  return { entries, leftSealed, shares };
}

/** What is not in the ledger yet is waited for. */
async function requireEntered(
  asked: OpeningAsked,
): Promise<{ readonly mayOpen: MayOpen; readonly entries: number }> {
  for (let look = 0; look < LEDGER_LOOKS; look++) {
    let files = 0;
    const reader: PlatformReader = {
      ...browserReader,
      readLedgerFile: async (path) => {
        const bytes = await browserReader.readLedgerFile(path);
        step({ name: 'ledger', files: ++files });
        return bytes;
      },
    };
    const entries = await readEntriesSoFar(reader, asked.descriptor);
    const mayOpen = checkOpening(entries, asked);
    if (typeof mayOpen === 'object') return { mayOpen, entries: entries.length };
    step({ name: 'waiting' });
    await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS));
  }
  throw new Error(
    'the close record with its list, the scores or the keys are not whole in the ledger: refused',
  );
}

globalThis.addEventListener('message', ({ data }: MessageEvent<OpeningOrder>) => {
  verify(data)
    .then((opening) => say({ type: 'verified', opening }))
    .catch((error: unknown) => {
      const { code = null, message } = error as { code?: string; message: string };
      say({ type: 'refused', code, message });
    });
});
