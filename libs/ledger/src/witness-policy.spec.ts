import { describe, expect, it } from '@jest/globals';
import { readVectors } from '../test-support/vectors.js';
import { openCheckpoint, signCheckpoint } from './checkpoint.js';
import { createCosigner } from './cosignature.js';
import { createSigner } from './note-signer.js';
import { parseWitnessPolicy } from './parse-witness-policy.js';
import { addSignatures, parseNote } from './signed-note.js';
import { policyVerifiers, satisfies } from './witness-policy.js';

interface Case {
  name: string;
  text: string;
}
const vectors = readVectors<{
  policies: Case[];
  malformedPolicies: Case[];
  satisfied: { text: string; cases: { name: string; names: string[]; satisfied: boolean }[] };
}>('tlog-witness');

const ORIGIN = 'example.com/log';
const logSigner = createSigner(ORIGIN, new Uint8Array(32).fill(1));
const otherLog = createSigner('other.example.com/log', new Uint8Array(32).fill(2));
const witnesses = [1, 2, 3, 4, 5, 6].map((n) => createCosigner(`Wit${n}`, new Uint8Array(32).fill(10 + n)));
const witness = (n: number) => witnesses[n - 1]!;
const fill = (text: string): string =>
  text
    .replaceAll(/\{w(\d)\}/g, (_, n: string) => witness(parseInt(n, 10)).verifier.verifierKey)
    .replaceAll('{log}', logSigner.verifierKey)
    .replaceAll('{other}', otherLog.verifierKey)
    .replaceAll('{plain}', createSigner('Wit1', new Uint8Array(32).fill(11)).verifierKey);
const parse = (text: string) => parseWitnessPolicy(fill(text));

const codeOf = (act: () => unknown): unknown => {
  try {
    act();
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
  return 'taken';
};

/** A checkpoint of the log with lines of these witnesses. */
function cosigned(numbers: readonly number[], signer = logSigner): string {
  const note = signCheckpoint({ origin: signer.name, size: 42, root: new Uint8Array(32) }, signer);
  const lines = numbers.map((n) => witness(n).sign(parseNote(note).text, 1_767_000_000));
  return lines.length === 0 ? note : addSignatures(note, lines);
}
const allKeys = [logSigner, otherLog, ...witnesses].map(({ verifier }) => verifier);
const meets = (policy: string, numbers: readonly number[], signer = logSigner): boolean =>
  satisfies(parse(policy), openCheckpoint(cosigned(numbers, signer), allKeys));

describe('witness policies', () => {
  it.each(vectors.policies)('are read: $name', ({ text: policy }) => {
    expect(codeOf(() => parse(policy))).toBe('taken');
  });

  it('are read into logs, witnesses, groups and the quorum', () => {
    expect(parse(vectors.policies[0]!.text)).toMatchObject({
      logs: [{ verifier: { name: ORIGIN } }],
      witnesses: ['X1', 'X2', 'X3', 'Y1', 'Y2', 'Y3'].map((name) => ({ name })),
      groups: [
        { name: 'X-witnesses', threshold: 2, members: ['X1', 'X2', 'X3'] },
        { name: 'Y-witnesses', threshold: 1, members: ['Y1', 'Y2', 'Y3'] },
        { name: 'X-and-Y', threshold: 2, members: ['X-witnesses', 'Y-witnesses'] },
      ],
      quorum: 'X-and-Y',
    });
    expect(parse(vectors.policies[2]!.text).witnesses).toMatchObject([
      { name: 'w1', url: 'https://w1.example.com/' },
    ]);
    expect(parse('witness 见证 {w1}\nquorum 见证\n').quorum).toBe('见证');
  });

  it.each(vectors.malformedPolicies)('are refused: $name', ({ text: policy }) => {
    expect(codeOf(() => parse(policy))).toBe('witness.policy-malformed');
  });

  it('are refused with one key under two names', () => {
    const twin = createCosigner('impostor.example.com', new Uint8Array(32).fill(11)).verifier.verifierKey;
    expect(codeOf(() => parse(`witness w1 {w1}\nwitness w2 ${twin}\nquorum w1\n`))).toBe(
      'witness.policy-malformed',
    );
  });

  it('are refused when they are too long, or a threshold is not written in one way', () => {
    const long = `quorum none\n${'#'.repeat(100_000)}`;
    expect(codeOf(() => parse(long))).toBe('witness.policy-malformed');
    for (const k of ['01', '1.0', '1e0', '0x1', '99999999999999999999']) {
      expect(codeOf(() => parse(`witness w1 {w1}\ngroup g ${k} w1\nquorum g\n`))).toBe(
        'witness.policy-malformed',
      );
    }
  });

  it('give the keys to open a checkpoint with', () => {
    const policy = parse('log {log}\nwitness w1 {w1}\nquorum w1\n');
    expect(policyVerifiers(policy).map(({ name }) => name)).toEqual([ORIGIN, 'Wit1']);
    expect(satisfies(policy, openCheckpoint(cosigned([1, 2]), policyVerifiers(policy)))).toBe(true);
  });
});

describe('satisfies', () => {
  it.each(vectors.satisfied.cases)('$name: $satisfied', ({ names, satisfied }) => {
    const numbers = names.map((name) => parseInt(name.slice(1), 10));
    expect(meets(vectors.satisfied.text, numbers)).toBe(satisfied);
  });

  it('counts any k of a group, and each organisation of its own', () => {
    const { text: example } = vectors.policies[0]!;
    const meeting = [
      [1, 2, 4],
      [1, 3, 6],
      [1, 2, 3, 4, 5, 6],
    ];
    const failing = [[], [1, 2], [1, 2, 3], [1, 4], [4, 5, 6], [1, 4, 5, 6]];
    for (const numbers of meeting) expect(meets(example, numbers)).toBe(true);
    for (const numbers of failing) expect(meets(example, numbers)).toBe(false);
  });

  it('asks for no witness with quorum none, and still for the log', () => {
    expect(meets('quorum none\n', [])).toBe(true);
    expect(meets('log {log}\nquorum none\n', [])).toBe(true);
    expect(meets('log {other}\nquorum none\n', [])).toBe(false);
  });

  it('takes any of the logs that are listed, each for its own origin', () => {
    expect(meets('log {other}\nlog {log}\nwitness w1 {w1}\nquorum w1\n', [1])).toBe(true);
    expect(meets('log {other}\nlog {log}\nwitness w1 {w1}\nquorum w1\n', [1], otherLog)).toBe(true);
    expect(meets('log {other}\nwitness w1 {w1}\nquorum w1\n', [1])).toBe(false);
  });

  it('does not count a witness that the policy does not name', () => {
    expect(meets('witness w1 {w1}\nquorum w1\n', [2, 3])).toBe(false);
  });
});
