import { describe, expect, it } from '@jest/globals';
import { createCosigner } from './cosignature.js';
import { openCheckpoint, signCheckpoint } from './checkpoint.js';
import { createSigner } from './note-signer.js';
import { parseWitnessPolicy } from './parse-witness-policy.js';
import { addSignatures, parseNote } from './signed-note.js';
import {
  findCutOff,
  openWitnessed,
  policySha256,
  verifiersWith,
  witnessedAt,
} from './witnessed-checkpoint.js';

const log = createSigner('ledger.example/test', new Uint8Array(32).fill(7));
const witnesses = [1, 2, 3].map((n) => createCosigner(`w${n}.example/w`, new Uint8Array(32).fill(n)));
const text = [
  ...witnesses.map(({ verifier }, n) => `witness w${n + 1} ${verifier.verifierKey}`),
  'group two 2 w1 w2 w3',
  'quorum two',
  '',
].join('\n');
const policy = parseWitnessPolicy(text);
const named = { text, sha256: policySha256(text), logVerifiers: [log.verifier] };

/** A checkpoint that the witnesses cosigned at these times; undefined for one that did not. */
function cosigned(size: number, times: readonly (number | undefined)[]): string {
  const root = new Uint8Array(32).fill(size);
  const note = signCheckpoint({ origin: log.name, size, root }, log);
  const lines = times.flatMap((time, n) =>
    time === undefined ? [] : [witnesses[n]!.sign(parseNote(note).text, time)],
  );
  return addSignatures(note, lines);
}
const open = (note: string) => openCheckpoint(note, verifiersWith(policy, [log.verifier]));
const codeOf = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
  return 'taken';
};

describe('the time of a checkpoint by its witnesses', () => {
  it.each<[readonly (number | undefined)[], number | undefined]>([
    [[], undefined],
    [[100], undefined],
    [[100, 200], 100],
    [[200, 100], 100],
    [[100, 200, 300], 200],
    [[undefined, 300, 300], 300],
    [[100, 100, 100], 100],
  ])('cosigned at %j is %s: by then a quorum had', (times, expected) => {
    expect(witnessedAt(policy, open(cosigned(5, times)))).toBe(expected);
  });

  it('is nobody’s where the quorum asks for nobody', () => {
    expect(witnessedAt(parseWitnessPolicy('quorum none'), open(cosigned(5, [1, 2])))).toBeUndefined();
  });

  it('needs the line of a log that the policy lists', () => {
    const other = createSigner('ledger.example/other', new Uint8Array(32).fill(9));
    const strict = parseWitnessPolicy(`log ${other.verifierKey}\n${text}`);
    expect(witnessedAt(strict, open(cosigned(5, [1, 2])))).toBeUndefined();
    expect(
      witnessedAt(parseWitnessPolicy(`log ${log.verifierKey}\n${text}`), open(cosigned(5, [1, 2]))),
    ).toBe(1);
  });
});

describe('a checkpoint under a named policy', () => {
  it('opens with the quorum, and tells when', () => {
    expect(openWitnessed(cosigned(5, [100, 200]), named)).toMatchObject({ size: 5, witnessedAt: 100 });
  });

  it('is refused without the quorum, and under another policy than the one that is named', () => {
    expect(codeOf(() => openWitnessed(cosigned(5, [100]), named))).toBe('ledger.witness-quorum-missing');
    const softened = text.replace('group two 2', 'group two 1');
    expect(codeOf(() => openWitnessed(cosigned(5, [100]), { ...named, text: softened }))).toBe(
      'ledger.witness-policy-mismatch',
    );
  });

  it('is refused where a witness’s line does not verify', () => {
    const moved = cosigned(6, [100, 200]).split('\n\n')[0]!;
    const lines = cosigned(5, [100, 200]).split('\n\n')[1]!;
    expect(codeOf(() => openWitnessed(`${moved}\n\n${lines}`, named))).toBe('checkpoint.signature-invalid');
  });
});

describe('the cut-off', () => {
  const at = (size: number, time: number) => openWitnessed(cosigned(size, [time, time]), named);

  it('is the first checkpoint at or after the moment, whatever order they are given in', () => {
    const all = [at(30, 1200), at(10, 999), at(20, 1000), at(40, 1300)];
    expect(findCutOff(all, 1_000_000)).toEqual({ size: 20, witnessedAt: 1000 });
    expect(findCutOff(all.toReversed(), 1_000_001)).toEqual({ size: 30, witnessedAt: 1200 });
    expect(findCutOff(all, 1_300_001)).toBeUndefined();
    expect(findCutOff([], 0)).toBeUndefined();
  });

  it('is of the smallest size where a witness signs an older one late', () => {
    expect(findCutOff([at(20, 1500), at(30, 1200)], 1_000_000)).toEqual({ size: 20, witnessedAt: 1500 });
  });
});
