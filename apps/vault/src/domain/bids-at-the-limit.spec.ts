import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { MESSAGE_BYTES_MAX } from '#bus';
import { ENTRY_PART, inParts, MESSAGE_PART, numbered, utf8 } from '#kernel';
import { finalBidsParts } from '#sealing';
import { entryShare } from '../../../../libs/ledger/test-support/longest-entry.js';
import { PARTICIPATIONS_MAX } from '../use-cases/intake/participate.js';
import { manifestPages } from '../use-cases/opening/signed-manifests.js';
import { closeRecord } from './close-bids.js';
import type { EnvelopeToOpen } from './opening/envelopes-to-open.js';
import { LISTED_PART } from './opening/listed-part.js';
import type { OpenedItem } from './opening/verdict.js';

const UUID = '0198a000-0000-7000-8000-000000000001';
const AT = '2026-12-14T08:00:00.000Z';
const JWS_BYTES_MAX = 64 * 1024;
const hash = (n: number): string => createHash('sha256').update(`${n}`).digest('hex');
const many = <T>(count: number, make: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n));
const bytes = (value: unknown): number => utf8(JSON.stringify(value)).length;

const list = many(2 * PARTICIPATIONS_MAX, hash).sort();

/** Everything as long as it may be: 64 parts with the longest names and media types. */
const longest = (alias: string): OpenedItem => ({
  alias,
  manifestSha256: hash(1),
  age: { sha256: hash(2), size: 2_148_532_224 },
  identity: `AGE-SECRET-KEY-1${'Q'.repeat(58)}`,
  result: 'unreadable',
  fault: 'platform',
  code: 'envelope.content-malformed',
  consequence: 'excluded',
  parts: many(64, () => ({
    name: '𠀀'.repeat(100),
    mediaType: 'm'.repeat(100),
    sha256: hash(3),
    size: 2_147_483_648,
    key: `opened/ab/cd/${hash(3)}`,
  })),
});

describe(`with ${PARTICIPATIONS_MAX} bids, everything as long as it may be`, () => {
  it('the close record and each part of its list fit an entry', () => {
    const record = closeRecord({ tid: hash(0), closedAt: AT, ledgerSize: 2 ** 40 }, PARTICIPATIONS_MAX, list);
    expect(entryShare('vault.bids-closed', record)).toBeLessThan(0.02);
    const parts = finalBidsParts(list);
    expect(parts).toHaveLength((2 * PARTICIPATIONS_MAX) / 500);
    for (const part of parts) expect(entryShare('vault.bids-listed', part)).toBeLessThan(0.6);
  });

  it('each part of what is told of the bids fits an entry', () => {
    const bidder = { alias: 'AB12', organisationId: UUID, certificateSha256: hash(1) };
    const sealed = { alias: 'AB12', envelopeId: 'commercial', manifestSha256: hash(1) };
    const destroyed = { ...sealed, sha256: hash(2) };
    for (const [name, items] of [
      ['bidders', many(PARTICIPATIONS_MAX, () => bidder)],
      ['envelopes', many(PARTICIPATIONS_MAX, () => sealed)],
      ['envelopes', many(ENTRY_PART.itemsMax, () => destroyed)],
      ['manifestSha256s', list],
    ] as const) {
      for (const { items: some, ...part } of numbered<unknown>(items)) {
        expect(entryShare('vault.envelopes-left-sealed', { [name]: some, ...part })).toBeLessThan(0.5);
      }
    }
    for (const part of numbered(many(100, () => longest('AB12')))) {
      const data = { envelopeId: 'commercial', openedBy: 'trustees', ...part };
      expect(entryShare('vault.envelopes-opened', data)).toBeLessThanOrEqual(1);
    }
  });

  it('a part of revealed acts fits an entry', () => {
    const manifest = {
      envelopeId: 'commercial',
      sha256: hash(1),
      age: { sha256: hash(2), size: 2_148_532_224 },
    };
    const data = {
      tid: hash(1),
      organisationId: UUID,
      seq: 50,
      receivedAt: AT,
      manifests: [manifest, manifest],
    };
    const event = { v: 1, type: 'bid-submitted', at: AT, tender: UUID, actor: UUID, data };
    const reveals = many(50, () => ({ sealed: hash(1), salt: hash(2), event }));
    expect(entryShare('vault.acts-revealed', { reveals })).toBeLessThan(0.9);
  });

  it('a page of what a trustee has to open fits a message', () => {
    const envelopes = many(PARTICIPATIONS_MAX, (n) => ({
      alias: 'AB12',
      organisationId: UUID,
      manifest: { envelopeId: 'technical', sha256: hash(n), age: null, jwsBytes: JWS_BYTES_MAX },
    })) as EnvelopeToOpen[];
    const pages = manifestPages(envelopes);
    expect(pages.flat()).toHaveLength(PARTICIPATIONS_MAX);
    const listed = inParts(list, LISTED_PART)[0]!;
    const manifests = many(pages[0]!.length, () => 'x'.repeat(JWS_BYTES_MAX));
    expect(bytes({ listed, manifests })).toBeLessThan(MESSAGE_BYTES_MAX - 4_096);
    const small = manifestPages(
      envelopes.map((one) => ({ ...one, manifest: { ...one.manifest, jwsBytes: 4_000 } })),
    );
    expect(small[0]!.length).toBeLessThanOrEqual(MESSAGE_PART.itemsMax);
    expect(small.length).toBeLessThanOrEqual(inParts(list, LISTED_PART).length * 2);
  });

  it('a page of the opening record fits a message', () => {
    const item = (({ parts: _parts, ...rest }) => rest)(longest('AB12'));
    const bidder = {
      alias: 'AB12',
      organisationId: UUID,
      name: '名'.repeat(200),
      certificateSha256: hash(1),
    };
    const lists = {
      items: many(2 * 100, () => item),
      bidders: many(100, () => bidder),
      leftSealed: many(100, () => ({ alias: 'AB12', envelopeId: 'commercial', manifestSha256: hash(1) })),
      reveals: many(100, () => ({ sealed: hash(1), salt: hash(2), event: { data: 'x'.repeat(1_100) } })),
      objections: many(2 * 10, () => ({
        by: 'trustee',
        trusteeIndex: 255,
        at: AT,
        text: '文'.repeat(2_000),
      })),
    };
    expect(bytes(lists)).toBeLessThan(MESSAGE_BYTES_MAX / 2);
  });
});
