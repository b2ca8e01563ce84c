import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { toHex } from '#kernel';
import { refusalOf, subsets } from '../test-support/committee.js';
import { SEEDS, ss1Vector } from '../test-support/ss1-vector.js';
import { combineShares } from './combine.js';
import { tenderDigest } from './descriptor.js';
import { checkManifest, manifestContext, manifestDigest } from './manifest.js';
import { verifyShare } from './share.js';
import { verifyTrusteeStatement } from './trustee.js';

type Vector = Awaited<ReturnType<typeof ss1Vector>>;

const vector = JSON.parse(readFileSync(new URL('../vectors/ss1.json', import.meta.url), 'utf8')) as Vector;
const { descriptor, manifest, closeEntrySha256, shares } = vector;

describe('the published SS1 vector', () => {
  it('is what the seeds give, step by step', async () => {
    const made = await ss1Vector();
    expect(vector.seeds).toEqual(SEEDS);
    for (const step of Object.keys(made) as (keyof Vector)[]) {
      expect({ [step]: vector[step] }).toEqual({ [step]: JSON.parse(JSON.stringify(made[step])) });
    }
    expect(Object.keys(vector)).toEqual(Object.keys(made));
  });

  it('holds for a reader who has no secrets', () => {
    for (const statement of vector.statements) verifyTrusteeStatement(statement);
    expect(toHex(tenderDigest(descriptor))).toBe(vector.tid);
    expect(toHex(manifestContext(manifest))).toBe(vector.context);
    checkManifest(descriptor, manifest);
    checkManifest(descriptor, vector.withdrawal);
    expect(toHex(manifestDigest(manifest))).toBe(vector.manifestSha256);
    expect(toHex(manifestDigest(vector.withdrawal))).toBe(vector.withdrawalSha256);
    for (const share of shares) verifyShare({ descriptor, manifest, closeEntrySha256, share });
  });

  it('combines to its identity from every three shares and from no two', async () => {
    for (const three of subsets(shares, 3)) {
      const identity = combineShares({ descriptor, manifest, closeEntrySha256, shares: three });
      expect(identity).toBe(vector.identity);
    }
    for (const two of subsets(shares, 2)) {
      const act = () => combineShares({ descriptor, manifest, closeEntrySha256, shares: two });
      expect(await refusalOf(act)).toBe('quorum.too-few');
    }
    expect(vector.combined).toBe(vector.identity);
  });
});
