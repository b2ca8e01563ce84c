import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { toBase64 } from '#kernel';
import { openCheckpoint } from '#ledger';
import { LogBuilder, openEntry } from '../../../../libs/ledger/test-support/log-builder.js';
import { runProgram } from '../../../../test/support/run-program.js';

const entriesOf = (from: number, count: number) =>
  Array.from({ length: count }, (_, i) => openEntry(from + i));

describe('sunseal verify of an upper ledger, with a lower one', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sunseal-lower-'));
  const [upper, lower] = [new LogBuilder(), new LogBuilder()];
  const at = (name: string): string => join(folder, name);
  const write = (log: LogBuilder, name: string): void => {
    for (const [path, bytes] of [...log.files, ['log.vkey', log.signer.verifier.verifierKey] as const]) {
      mkdirSync(dirname(join(at(name), path)), { recursive: true });
      writeFileSync(join(at(name), path), bytes);
    }
  };
  const heldOf = (note: string) => {
    const { origin, size, root } = openCheckpoint(note, [lower.signer.verifier]);
    return { regionCode: '630121', origin, size, root: toBase64(root), checkpoint: note, heartbeatAt: 'x' };
  };
  const verify = async (below: string): Promise<{ code: number | null; out: string }> => {
    const { code, out } = await runProgram('cli', ['verify', at('upper'), '--lower', at(below)]);
    return { code, out };
  };

  beforeAll(async () => {
    const notes = [await lower.append(entriesOf(1, 5))];
    write(lower, 'shorter');
    notes.push(await lower.append(entriesOf(6, 300)));
    await lower.append(entriesOf(306, 4));
    write(lower, 'lower');
    const forked = new LogBuilder();
    await forked.append([...entriesOf(1, 5), openEntry(6, { data: { n: 'other' } }), ...entriesOf(7, 303)]);
    write(forked, 'forked');
    const type = 'audit.lower-checkpoint';
    const entries = notes.map((note, i) => openEntry(i + 2, { type, data: heldOf(note) }));
    await upper.append([openEntry(1), ...entries]);
    write(upper, 'upper');
    const without = new LogBuilder();
    await without.append([openEntry(1)]);
    write(without, 'without');
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('proves every checkpoint that the upper one holds by the lower one’s entries', async () => {
    const { code, out } = await verify('lower');
    expect(out).toContain(
      'begins with each of 2 checkpoints of it that were entered here, up to 305 entries',
    );
    expect(code).toBe(0);
  });

  it.each([
    ['shorter', 'ledger.rewound'],
    ['forked', 'ledger.forked'],
  ])('finds a lower ledger that is %s, and names the entry above', async (below, fault) => {
    const { code, out } = await verify(below);
    expect(out).toContain(`says entry 2 above (${fault})`);
    expect(code).toBe(1);
  });

  it('says so when the upper one holds nothing of it', async () => {
    const { code, out } = await runProgram('cli', ['verify', at('without'), '--lower', at('lower')]);
    expect(out).toContain('(ledger.not-below)');
    expect(code).toBe(1);
  });
});
