import { createHash } from 'node:crypto';
import { contentKey, DomainError, isDomainError, jcs } from '#kernel';
import {
  type createTender,
  describePerson,
  type RequestOf,
  type ResponseOf,
  type Role,
  type updateDraft,
} from '#contracts';
import type { Call, Requests } from '#service';
import type { ObjectStore } from '#storage';
import { createTender as decideCreate, updateDraft as decideUpdate } from '../domain/draft-decisions.js';
import { requireTemplate } from '../domain/templates/templates.js';
import type { Draft } from '../domain/tender.js';
import { requireScope, requireServed } from './require-region.js';
import { requireOwner, tenderView } from './tender-view.js';
import type { Tenders } from './tenders.port.js';

interface Ports {
  readonly tenders: Tenders;
  readonly store: ObjectStore;
  readonly requests: Requests;
  readonly regionCode: string;
}

const digest = (draft: Draft): string => createHash('sha256').update(jcs(draft)).digest('hex');

export async function makeDraft(
  { tenders, store, requests, regionCode }: Ports,
  { templateId, ...draft }: RequestOf<typeof createTender>,
  call: Call,
): Promise<ResponseOf<typeof createTender>> {
  const template = requireTemplate(templateId);
  requireServed(draft.regionCode, regionCode);
  requireScope(call.actor, 'buyer', draft.regionCode);
  await requireStored(store, draft);
  await requireAppointable(requests, draft);
  return tenders.transact(call, async (tx) => {
    const tenderId = tenders.newId();
    const buyerId = call.actor!.personId;
    const decision = decideCreate({ tenderId, buyerId, template, draft, draftSha256: digest(draft) });
    return tenderView(await tx.save(decision));
  });
}

export async function changeDraft(
  { tenders, store, requests, regionCode }: Ports,
  { tenderId, ...draft }: RequestOf<typeof updateDraft>,
  call: Call,
): Promise<ResponseOf<typeof updateDraft>> {
  await requireStored(store, draft);
  await requireAppointable(requests, draft);
  return tenders.transact(call, async (tx) => {
    const tender = requireOwner(await tx.load(tenderId), call.actor);
    requireServed(draft.regionCode, regionCode);
    requireScope(call.actor, 'buyer', draft.regionCode);
    const decision = decideUpdate(tender, requireTemplate(tender.templateId), draft, digest(draft));
    return tenderView(await tx.save(decision, tender));
  });
}

/** A document that is named must have been sent, with the size that is named. */
async function requireStored(store: ObjectStore, { boq, documents }: Draft): Promise<void> {
  for (const { name, sha256, size } of [boq, ...documents]) {
    const stored = await store.head(contentKey('documents', sha256));
    if (stored?.size !== size) {
      throw new DomainError('document.unknown', `Send the document ${name} first.`, { sha256 });
    }
  }
}

/** Who is to open or to score exists and holds the role now: a tender with anyone else could never be finished. */
async function requireAppointable(requests: Requests, { trusteeIds, expertIds }: Draft): Promise<void> {
  const appoint = async (role: Role, personId: string, code: 'committee.invalid' | 'panel.invalid') => {
    if (await holdsRole(requests, personId, role)) return;
    throw new DomainError(code, `${personId} is no ${role} of this platform.`, { personId });
  };
  await Promise.all([
    ...trusteeIds.map((personId) => appoint('trustee', personId, 'committee.invalid')),
    ...expertIds.map((personId) => appoint('expert', personId, 'panel.invalid')),
  ]);
}

async function holdsRole(requests: Requests, personId: string, role: Role): Promise<boolean> {
  try {
    return (await requests.ask(describePerson, { personId })).actor.roles.includes(role);
  } catch (error) {
    if (isDomainError(error) && error.code === 'person.unknown') return false;
    throw error;
  }
}
