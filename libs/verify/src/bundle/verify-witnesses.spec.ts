import { beforeEach, describe, expect, it } from '@jest/globals';
import { type CheckedReveal, type Entry, policySha256, verifierFromKey, verifyLog } from '#ledger';
import type { TenderDescriptor } from '#sealing';
import { LogBuilder, openEntry } from '../../../ledger/test-support/log-builder.js';
import { cosign, policy } from '../../test-support/tampered-ledger.js';
import { MemoryBundle } from './memory-bundle.js';
import { cutOffAt, readWitnesses, verifyWitnesses } from './verify-witnesses.js';

const TENDER = '0198a000-0000-7000-8000-000000000001';
const DEADLINE = 1_767_400_000;
const deadlineAt = new Date(DEADLINE * 1000).toISOString();
const sealed = (n: number): Entry => ({ v: 1, sealed: String(n).repeat(64) });
const close = (changes: object = {}): Entry =>
  openEntry(1, { producer: 'vault', type: 'vault.bids-closed', tender: TENDER, ...changes });
const bid = (index: number): CheckedReveal => ({
  revealedBy: 9,
  index,
  sealed: String(index).repeat(64),
  event: { type: 'bid-submitted', tender: TENDER },
});

describe('the witnesses of a bundle', () => {
  let folder: MemoryBundle;
  let log: LogBuilder;
  let descriptor: TenderDescriptor;

  beforeEach(async () => {
    folder = new MemoryBundle();
    log = new LogBuilder();
    descriptor = {
      ledgerKey: log.signer.verifierKey,
      deadlineAt,
      rules: { witnessPolicySha256: policySha256(policy) },
    } as unknown as TenderDescriptor;
    await put('witness-policy', policy);
  });

  const put = (name: string, text: string): Promise<void> => folder.add(`ledger/${name}`, text);
  /** Three bids, a checkpoint as the deadline falls, one bid more, the close record. */
  async function ledger({ cutOffSeconds = 1, late = close() } = {}): Promise<void> {
    const first = await log.append([sealed(0), sealed(1), sealed(2)]);
    await put('cut-off', cosign(first, DEADLINE + cutOffSeconds));
    await put('witnessed', cosign(await log.append([sealed(3), late]), DEADLINE + 30));
  }
  async function verify(bids: readonly number[]): Promise<string> {
    const witnesses = (await readWitnesses(folder, descriptor))!;
    const verifiers = [verifierFromKey(descriptor.ledgerKey)];
    const { notes: keptCheckpoints } = witnesses;
    const verified = await verifyLog({ readFile: log.readFile, verifiers, keptCheckpoints });
    return verifyWitnesses(witnesses, verified, bids.map(bid), { tenderId: TENDER, descriptor }).line;
  }

  it('show every bid to have been in the ledger at the cut-off', async () => {
    await ledger();
    expect(await verify([0, 1, 2])).toContain('seen 1 s after it fell due');
  });

  it('show a bid to be late that came into the ledger after it, whatever a clock says', async () => {
    await ledger();
    await expect(verify([0, 1, 2, 3])).rejects.toThrow(
      'entry 3, and the ledger was cut off at 3: it is late',
    );
  });

  it('leave the seconds that the tender grants for acts on their way', async () => {
    Object.assign(descriptor.rules, { witnessCutOffSeconds: 10 });
    expect(cutOffAt(descriptor)).toBe(new Date((DEADLINE + 10) * 1000).toISOString());
    await ledger();
    // The checkpoint after one second is before the cut-off now: the next one counts.
    expect(await verify([0, 1, 2, 3])).toContain('seen 20 s');
  });

  it('are missing where none cosigned at or after the deadline', async () => {
    await log.append([sealed(0), close()]);
    const note = Buffer.from(log.files.get('checkpoint')!).toString();
    await put('witnessed', cosign(note, DEADLINE - 1));
    await expect(verify([0])).rejects.toThrow('no checkpoint was cosigned at or after the deadline');
  });

  it('have to cover the close record', async () => {
    await put('witnessed', cosign(await log.append([sealed(0)]), DEADLINE + 1));
    await log.append([close()]);
    await expect(verify([0])).rejects.toThrow('does not cover the close record');
  });

  it('have no cut-off under a demonstration clock', async () => {
    await ledger({ late: close({ clockFactor: 1000 }) });
    expect(await verify([0, 1, 2, 3])).toContain('no cut-off under a demonstration clock');
  });

  it('are those of the policy that the tender names, with its quorum', async () => {
    await ledger();
    await put('witness-policy', policy.replace('group all all', 'group all any'));
    await expect(verify([0])).rejects.toThrow('the policy is not the one that is named');
    await put('witness-policy', policy);
    await put('witnessed', Buffer.from(log.files.get('checkpoint')!).toString());
    await expect(verify([0])).rejects.toThrow('lacks the quorum');
  });

  it('are not asked for where the tender names none', async () => {
    expect(await readWitnesses(folder, { ...descriptor, rules: {} })).toBeUndefined();
  });
});
