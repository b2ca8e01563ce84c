import { fromUtf8 } from '#kernel';
import {
  BundleFault,
  type BundleVerification,
  gatherBundle,
  MemoryBundle,
  type PlatformReader,
  ShownLater,
  tenderEnding,
  verifyGathered,
  verifyRunning,
} from '#verify';
import type { Anchors, VerifyWord } from './verify-order.js';

type Say = (word: VerifyWord) => void;

/** Gathers what a bundle of the tender holds and verifies it; of a tender that goes on, what can be verified of it. */
export async function verifyTender(
  reader: PlatformReader,
  { tenderId, anchors }: { readonly tenderId: string; readonly anchors: Anchors },
  say: Say,
): Promise<void> {
  say({ type: 'step', step: 'gather' });
  const { descriptor } = await reader.query('getDescriptor', { tenderId });
  const key = String(descriptor['ledgerKey']);
  requireKey(key, anchors);
  const watched: BundleVerification = {
    authorityPem: anchors.authorityPem,
    onStep: (step) => say({ type: 'step', step }),
    onCheck: ({ step, outcome, facts }) => say({ type: 'holds', step, outcome, facts }),
  };
  const open = await stillOpen(reader, tenderId, key);
  if (open) {
    say({ type: 'unchecked', step: 'gather', ...open });
    await verifyRunning(reader, tenderId, watched);
    return;
  }
  const bundle = new CountedBundle(say);
  await gatherBundle(reader, tenderId, bundle);
  requireKey(fromUtf8(await bundle.read('ledger/log.vkey')).trim(), anchors);
  say({ type: 'holds', step: 'gather', outcome: 'whole', facts: { files: (await bundle.list()).length } });
  await verifyGathered(bundle, watched);
}

function requireKey(key: string, { ledgerKey }: Anchors): void {
  if (ledgerKey === undefined || ledgerKey === key) return;
  throw new BundleFault('ledger/log.vkey', 'is another key than the one that you gave');
}

/** Why there is no bundle of the tender yet; undefined where there is one. */
async function stillOpen(
  reader: PlatformReader,
  tenderId: string,
  key: string,
): Promise<{ outcome: string; facts: Record<string, string> } | undefined> {
  try {
    const ending = await tenderEnding(reader, tenderId, key);
    return ending === undefined ? { outcome: 'running', facts: {} } : undefined;
  } catch (error) {
    if (!(error instanceof ShownLater)) throw error;
    return { outcome: 'later', facts: { revealAt: error.revealAt } };
  }
}

/** Tells how many files there are as they come. */
class CountedBundle extends MemoryBundle {
  private count = 0;

  constructor(private readonly say: Say) {
    super();
  }

  override async add(path: string, content: Uint8Array | string): Promise<void> {
    await super.add(path, content);
    this.say({ type: 'gathered', files: ++this.count });
  }

  override async addLarge(path: string, fetch: () => Promise<Uint8Array>): Promise<void> {
    await super.addLarge(path, fetch);
    this.say({ type: 'gathered', files: ++this.count });
  }
}
