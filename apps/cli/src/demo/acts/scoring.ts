import { createHash } from 'node:crypto';
import { Rational } from '#kernel';
import { Expert, type ScoringWork } from '../../client/expert.js';
import { createIdentity } from '../../client/identity.js';
import { readTechnicalResult } from '#verify';
import { whenPossible } from '../../client/when-possible.js';
import type { Cast } from '../cast.js';
import type { Contents } from './bidding.js';
import type { Transcript } from '../transcript.js';

type Sheet = Record<string, Record<string, string>>;

/**
 * Five experts score what they see: aliases. The play has to know which document it wrote for whom, so that its
 * characters keep their quality; it tells by the hash of the first document, as no real expert could.
 */
export async function score(
  cast: Cast,
  tenderId: string,
  contents: Contents,
  transcript: Transcript,
): Promise<void> {
  const quality = qualityByDocument(contents);
  for (const [index, { api, account }] of cast.experts.entries()) {
    const expert = new Expert(api, await createIdentity(api, account.login), tenderId);
    const work = await whenPossible('the technical documents', 'scoring.not-open', () => expert.begin());
    const sheet: Sheet = {};
    for (const { alias, parts } of work.bids) {
      const bytes = await expert.read(alias, parts[0]!.sha256);
      const marks = quality.get(createHash('sha256').update(bytes).digest('hex')) ?? [];
      sheet[alias] = marksFor(work, marks[index] ?? 80);
      await expert.save(alias, sheet[alias]!);
    }
    const { isLocked } = await expert.sign(sheet);
    if (isLocked) transcript.note('the last sheet is signed: all scores are locked');
  }
  const { results } = await readTechnicalResult(cast.buyer.api, tenderId);
  transcript.act(`5 experts scored ${results.length} blind bids and signed`);
  for (const { alias, rounded, isPassed } of results) {
    transcript.note(
      `${alias}  ${rounded.padStart(6)}  ${isPassed ? 'passed' : 'below the threshold: commercial envelope stays sealed'}`,
    );
  }
}

function qualityByDocument(contents: Contents): Map<string, readonly number[]> {
  const map = new Map<string, readonly number[]>();
  for (const [{ company }, envelopes] of contents) {
    const [first] = envelopes['technical']!;
    map.set(createHash('sha256').update(first!.bytes).digest('hex'), company.quality);
  }
  return map;
}

/** The same percentage of every criterion's maximum, rounded to half points. */
function marksFor({ criteria }: ScoringWork, percent: number): Record<string, string> {
  return Object.fromEntries(
    criteria.map(({ id, pointsMax }) => {
      const mark = Rational.from(pointsMax).mul(Rational.of(BigInt(percent), 100n));
      return [id, mark.toFixed({ digits: 1, mode: 'half-up' })];
    }),
  );
}
