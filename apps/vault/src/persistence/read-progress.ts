import type { EntityManager } from 'typeorm';
import type { Uuid } from '#kernel';
import type { BidProgress } from '../domain/bid-progress.js';
import { BidActEntity } from './bid-act.entity.js';
import { EnvelopeBodyEntity } from './envelope-body.entity.js';

/** Acts of a tender or of one bidder in it, each bidder's in their order. */
export async function readProgress(
  manager: EntityManager,
  where: { readonly tenderId: Uuid; readonly organisationId?: Uuid },
): Promise<BidProgress[]> {
  const rows = await manager.find(BidActEntity, { where, order: { organisationId: 'ASC', seq: 'ASC' } });
  return rows.map(({ document, proofs, refusedCode, acceptedAt }) => ({
    act: document,
    proofs,
    refusedCode,
    acceptedAt,
  }));
}

/** Hashes of the bodies that a bidder has sent whole and in time. */
export async function readBodies(
  manager: EntityManager,
  where: { readonly tenderId: Uuid; readonly organisationId: Uuid },
): Promise<ReadonlySet<string>> {
  return new Set((await manager.findBy(EnvelopeBodyEntity, where)).map(({ sha256 }) => sha256));
}
