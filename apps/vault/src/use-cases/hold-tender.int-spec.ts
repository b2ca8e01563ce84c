import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addMs } from '#kernel';
import { eventOf, OpeningStage, personCall, type Scene } from '../../test-support/opening-scene.js';
import { goOnWithTender, holdTender } from './hold-tender.js';
import { attend } from './opening/open-session.js';
import { takeObjection, takeRescue } from './opening/open-with-rescue.js';

const HOUR_MS = 3_600_000;
const envelopeId = 'technical' as const;

describe('a tender that a supervisor has suspended', () => {
  let stage: OpeningStage;
  beforeAll(async () => {
    stage = await OpeningStage.start();
  });
  afterAll(() => stage?.close());

  const now = (): Promise<string> => stage.ports().vault.now();
  async function hold({ tenderId }: Scene, cause: 'supervisor' | 'opening-halted' = 'supervisor') {
    const since = await now();
    const data = { cause, envelopeId: null, reason: 'doubt', since };
    await holdTender(stage.ports(), data, eventOf(tenderId));
    return data;
  }
  async function goOn({ tenderId }: Scene, held: Awaited<ReturnType<typeof hold>>): Promise<void> {
    const rest = { resumedAt: await now(), isGoingOn: true, standstillEndsAt: null };
    await goOnWithTender(stage.ports(), { ...held, ...rest }, eventOf(tenderId));
  }
  const comes = ({ tenderId, trusteeIds }: Scene) =>
    attend(stage.ports(), { tenderId, envelopeId }, personCall(trusteeIds[0]!, 'trustee', null));

  it('takes no trustee, no share and no rescue identity, and records objections all the same', async () => {
    const scene = await stage.tender(1);
    await comes(scene);
    const shares = await stage.sharesOf(scene, 1);
    await hold(scene);
    const suspended = { code: 'tender.suspended' };
    await expect(comes(scene)).rejects.toMatchObject(suspended);
    await expect(stage.give(scene, 1, shares)).rejects.toMatchObject(suspended);
    const { organisationId, technical } = scene.bids[0]!;
    const bidder = personCall(organisationId, 'bidder', organisationId);
    const { tenderId } = scene;
    await expect(
      takeRescue(stage.ports(), { tenderId, envelopeId, identity: technical.rescueIdentity }, bidder),
    ).rejects.toMatchObject(suspended);
    await expect(
      takeObjection(stage.ports(), { tenderId, envelopeId, text: 'Why?' }, bidder),
    ).resolves.toHaveProperty('recordedAt');
  });

  it('has as much of its session left afterwards as before', async () => {
    const scene = await stage.tender(1);
    await stage.passHours(20);
    const before = (await stage.openingOf(scene))!;
    const held = await hold(scene);
    await stage.passHours(100);
    expect((await stage.openingOf(scene))!.stage).toBe('waiting');
    await goOn(scene, held);
    const after = (await stage.openingOf(scene))!;
    expect(Date.parse(after.endsAt) - Date.parse(before.endsAt)).toBeGreaterThanOrEqual(100 * HOUR_MS);
    expect(await stage.eventsOf(scene.tenderId, 'opening-prolonged')).toMatchObject([
      { data: { envelopeId, until: after.endsAt } },
    ]);
    await stage.passHours(3);
    await comes(scene);
    await stage.passHours(1);
    expect((await stage.openingOf(scene))!.stage).toBe('rescue');
  });

  it('is not opened even if the quorum was complete, until it goes on', async () => {
    const scene = await stage.tender(2);
    await stage.quorum(scene);
    const held = await hold(scene);
    expect((await stage.combine(scene)).stage).toBe('combining');
    expect(await stage.ports().openings.listCombining()).toEqual([]);
    await goOn(scene, held);
    expect((await stage.combine(scene)).stage).toBe('opened');
  });

  it('keeps the rescue identities that were revealed', async () => {
    const scene = await stage.tender(2);
    await stage.passHours(24);
    const { organisationId, technical } = scene.bids[0]!;
    const { tenderId } = scene;
    const identity = technical.rescueIdentity;
    const bidder = personCall(organisationId, 'bidder', organisationId);
    await takeRescue(stage.ports(), { tenderId, envelopeId, identity }, bidder);
    const held = await hold(scene);
    await stage.passHours(50);
    await goOn(scene, held);
    const opening = (await stage.openingOf(scene))!;
    expect([opening.stage, opening.rescued.length]).toEqual(['rescue', 1]);
    expect(await stage.ports().openings.rescueIdentity(opening, opening.rescued[0]!)).toBe(identity);
    expect(opening.rescueUntil! > addMs(held.since, 50 * HOUR_MS)).toBe(true);
  });

  it('is held up by a halted opening through the opening alone', async () => {
    const scene = await stage.tender(1);
    await hold(scene, 'opening-halted');
    expect((await stage.ports().vault.tender(scene.tenderId)).suspendedAt).toBeNull();
  });
});
