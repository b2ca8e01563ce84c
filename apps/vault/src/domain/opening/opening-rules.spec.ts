import { describe, expect, it } from '@jest/globals';
import { addDays, addMs, ENTRY_PART, inParts, numbered } from '#kernel';
import type { TenderDescriptor } from '#sealing';
import type { FinalBid } from '../close-bids.js';
import { ARCHIVE_YEARS, archivedUntil } from '../retention.js';
import { type BidderEnvelope, envelopesToDestroy } from './envelopes-to-destroy.js';
import { envelopesNotOpened } from './envelopes-to-open.js';
import { OBJECTIONS_MAX, requireObjectable } from './objection.js';
import type { Opening } from './opening.js';
import { BIDDER_KEY_HOURS, OPENING_HOURS, openingRules, REAL_MS_MIN, RESCUE_HOURS } from './opening-rules.js';
import { CONSEQUENCES, faultOf } from './verdict.js';

const AT = '2026-12-14T08:00:00.000Z';
const HOUR_MS = 3_600_000;

describe('the limits of an opening', () => {
  it('are the procedure’s, or else those of the house', () => {
    const own = openingRules({ openingHours: 3, rescueHours: 5 }, 1);
    expect(own).toEqual({ sessionMs: 3 * HOUR_MS, rescueMs: 5 * HOUR_MS, bidderKeyMs: null });
    for (const rules of [{}, { openingHours: 'soon', rescueHours: -1 }]) {
      const house = openingRules(rules, 1);
      expect([house.sessionMs, house.rescueMs]).toEqual([OPENING_HOURS * HOUR_MS, RESCUE_HOURS * HOUR_MS]);
    }
  });

  it('have a window for bidders’ keys where the procedure asks for them', () => {
    expect(openingRules({ bidderKey: true, bidderKeyHours: 6 }, 1).bidderKeyMs).toBe(6 * HOUR_MS);
    expect(openingRules({ bidderKey: true }, 1).bidderKeyMs).toBe(BIDDER_KEY_HOURS * HOUR_MS);
    expect(openingRules({ bidderKey: false, bidderKeyHours: 6 }, 1).bidderKeyMs).toBeNull();
  });

  it('give people real time, however fast a demonstration clock runs', () => {
    const factor = 288_000;
    expect(openingRules({}, factor).rescueMs).toBe(REAL_MS_MIN * factor);
  });
});

describe('the archive', () => {
  const until = (rules: Record<string, number>) =>
    archivedUntil({ descriptor: { rules } as unknown as TenderDescriptor }, AT);

  it('is kept for the procedure’s years, or else the fifteen of the law', () => {
    expect(until({ archiveYears: 30 })).toBe(addDays(AT, 30 * 366));
    expect(until({})).toBe(addDays(AT, ARCHIVE_YEARS * 366));
  });
});

describe('fault', () => {
  it('is the bidder’s only where the deal is right and the bytes are those that were received', () => {
    expect(faultOf('envelope.unreadable', true)).toBe('bidder');
    expect(faultOf('envelope.content-malformed', true)).toBe('bidder');
    expect(faultOf('envelope.unreadable', false)).toBe('platform');
    for (const code of ['envelope.altered', 'object.not-found', 'share.proof-invalid']) {
      expect(faultOf(code, true)).toBe('platform');
    }
  });

  it('is nobody’s where an engine cannot be reached', () => {
    expect(faultOf('storage.unavailable', true)).toBeNull();
    expect(faultOf('database.unavailable', true)).toBeNull();
  });

  it('excludes a bid of its bidder, and stops everything else', () => {
    expect(CONSEQUENCES).toEqual({
      none: 'admitted',
      bidder: 'excluded',
      platform: 'halts',
      unknown: 'halts',
    });
  });
});

describe('parts', () => {
  const big = (n: number): string => 'x'.repeat(n);

  it('keep order, lose nothing, and keep both limits', () => {
    const items = Array.from({ length: 321 }, (_, n) => `${n} ${big((n * 37) % 2_000)}`);
    const parts = inParts(items, { itemsMax: 20, bytesMax: 10_000 });
    expect(parts.flat()).toEqual(items);
    for (const part of parts) {
      expect(part.length).toBeLessThanOrEqual(20);
      expect(JSON.stringify(part).length).toBeLessThanOrEqual(10_001);
    }
  });

  it('give a part of its own to what is larger than the limit, and one empty part to nothing', () => {
    expect(inParts([big(5), big(50), big(5)], { itemsMax: 9, bytesMax: 20 })).toHaveLength(3);
    expect(inParts([], ENTRY_PART)).toEqual([[]]);
    expect(numbered([])).toEqual([{ part: 1, parts: 1, items: [] }]);
  });

  it('hold the largest item that an envelope can make in one entry', () => {
    const hash = big(64);
    const part = {
      name: '𠀀'.repeat(100),
      mediaType: big(100),
      sha256: hash,
      size: Number.MAX_SAFE_INTEGER,
      key: `opened/aa/${hash}`,
    };
    const parts = Array.from({ length: 64 }, () => part);
    expect(Buffer.byteLength(JSON.stringify({ parts }))).toBeLessThan(ENTRY_PART.bytesMax - 1_000);
  });
});

describe('an objection', () => {
  const opening = (changes: Partial<Opening>): Opening =>
    ({ stage: 'in-session', endsAt: addMs(AT, HOUR_MS), ...changes }) as Opening;
  const codeOf = (changes: Partial<Opening>, before: number, now: string): string | null => {
    try {
      requireObjectable(opening(changes), before, now);
      return null;
    } catch (error) {
      return (error as { code: string }).code;
    }
  };

  it('is made from the first trustee’s coming to the end of the session', () => {
    expect(codeOf({ stage: 'waiting' }, 0, AT)).toBe('objection.not-open');
    expect(codeOf({}, 0, AT)).toBeNull();
    expect(codeOf({ stage: 'opened' }, 0, AT)).toBeNull();
    expect(codeOf({ stage: 'opened' }, 0, addMs(AT, HOUR_MS))).toBe('objection.not-open');
  });

  it('is made as long as an opening is halted', () => {
    expect(codeOf({ stage: 'halted' }, 0, addMs(AT, 9 * HOUR_MS))).toBeNull();
  });

  it('has an end of numbers', () => {
    expect(codeOf({}, OBJECTIONS_MAX, AT)).toBe('objection.too-many');
  });
});

describe('envelopes to destroy', () => {
  const signed = (version: string) =>
    (['technical', 'commercial'] as const).map((envelopeId) => ({
      envelopeId,
      sha256: `${version} ${envelopeId}`,
      jws: 'a.b.c',
      age: { sha256: `file ${version} ${envelopeId}`, size: 1 },
    }));
  const stored = (organisationId: string, version: string): BidderEnvelope[] =>
    signed(version).map((manifest) => ({ organisationId, manifest }));
  const bid = (organisationId: string, alias: string, version: string, isPassed: boolean): FinalBid =>
    ({ organisationId, alias, manifests: signed(version), isPassed }) as unknown as FinalBid;

  it('are those left sealed, replaced and withdrawn, and none that was opened', () => {
    const all = [stored('one', 'a'), stored('one', 'b'), stored('two', 'c'), stored('three', 'd')].flat();
    const bids = [bid('one', 'AA11', 'b', true), bid('two', 'BB22', 'c', false)];
    const left = envelopesNotOpened(bids, new Set(['b technical', 'b commercial', 'c technical']));
    const found = envelopesToDestroy(all, bids, left).map(({ alias, manifestSha256 }) => [
      alias,
      manifestSha256,
    ]);
    expect(found).toEqual([
      ['AA11', 'a technical'],
      ['AA11', 'a commercial'],
      ['BB22', 'c commercial'],
      [null, 'd technical'],
      [null, 'd commercial'],
    ]);
  });

  it('are those too whose bidders did not release keys of their own', () => {
    const bids = [bid('one', 'AA11', 'b', true)];
    const left = envelopesNotOpened(bids, new Set(['b commercial']));
    const found = envelopesToDestroy(stored('one', 'b'), bids, left);
    expect(found.map(({ manifestSha256 }) => manifestSha256)).toEqual(['b technical']);
  });

  it('leave a file alone that an opened envelope still is', () => {
    const older = stored('one', 'a');
    const newer = older.map(({ organisationId, manifest }) => ({
      organisationId,
      manifest: { ...manifest, sha256: `b ${manifest.envelopeId}`, jwsBytes: 5 },
    }));
    const manifests = newer.map(({ manifest }) => manifest);
    const bids = [{ ...bid('one', 'AA11', 'a', true), manifests }];
    const left = envelopesNotOpened(bids, new Set(manifests.map(({ sha256 }) => sha256)));
    expect(envelopesToDestroy([...older, ...newer], bids, left)).toEqual([]);
  });
});
