import { type RequestContract, submitRehearsalShare, submitShares, updateDraft } from '#contracts';
import { forgeriesOf, mutations } from './forgeries.js';
import { type Leaf, signedLeavesOf, valueAt, withValue } from './id-leaves.js';
import type { Person, Signer } from './people.js';
import type { Probe } from './probe.js';
import { type Scene, TENDER_FACES, type Variant, variantsOf } from './scene.js';
import { timesOf } from './stage-table.js';

const personalNow = ({ walk }: Scene): Variant[] =>
  PERSONAL.filter(({ face, envelope }) => timesOf(face, envelope)?.includes(walk.stage));

/** What one person made, sent by another in the same role and of the same tender: faults, one line each. */
export function swapped(probe: Probe, scene: Scene): Promise<string[]> {
  const { trustees, experts, bidders } = scene.walk.circle;
  const everyone: readonly Person[] = [...trustees, ...experts, ...bidders];
  return probe.each(personalNow(scene), async ({ face, envelope, label }) => {
    const { access } = face;
    const insiders = everyone.filter(({ role }) => access.includes(role));
    const faults: string[] = [];
    for (const sender of insiders) {
      for (const maker of insiders) {
        const act = maker === sender ? undefined : scene.walk.act(face, envelope, maker);
        if (!act || act.person === sender) continue;
        const { code } = await probe.send(face, act.sent.body, sender);
        if (code === null) faults.push(`${label} takes what ${act.person.login} made from ${sender.login}`);
      }
    }
    return faults;
  });
}

/** Signed documents and shares with anything wrong in them, sent by the right person at the right time. */
export function forged(probe: Probe, scene: Scene): Promise<string[]> {
  return probe.each(personalNow(scene), async (variant) => {
    const { face, label } = variant;
    const { person, body } = scene.right(variant);
    const faults: string[] = [];
    const tryOut = async (what: string, leaf: Leaf, value: unknown): Promise<void> => {
      try {
        const { code } = await probe.send(face, withValue(body, leaf, value)!, person);
        if (code === null) faults.push(`${label} takes ${what}`);
      } catch (error) {
        faults.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
      }
    };
    for (const leaf of signedLeavesOf(face)) {
      const genuine = valueAt(body, leaf) as string;
      for (const { what, jws } of await forgeriesOf(genuine, (person as Signer).identity))
        await tryOut(what, leaf, jws);
    }
    const shareAt = SHARE_AT.get(face);
    for (const { what, leaf, value } of shareAt ? wrongShares(shareAt) : []) await tryOut(what, leaf, value);
    return faults;
  });
}

/** Shares at a place of a body that fit their schema and are none. */
function wrongShares(at: Leaf['path']) {
  const inShare = (...path: string[]): Leaf => ({ path: [...at, ...path], name: 'share' });
  return [
    ...['', 'x', 'A'.repeat(43), '_'.repeat(43)].flatMap((text) => [
      { what: `the share ${text}`, leaf: inShare('share'), value: text },
      { what: `the challenge ${text}`, leaf: inShare('proof', 'c'), value: text },
      { what: `the response ${text}`, leaf: inShare('proof', 'z'), value: text },
    ]),
    { what: 'no proof', leaf: inShare('proof'), value: {} },
    { what: 'a proof with more in it', leaf: inShare('proof', 'more'), value: 'x' },
  ];
}

/** Where a request carries a trustee's share. */
const SHARE_AT: ReadonlyMap<RequestContract, Leaf['path']> = new Map<RequestContract, Leaf['path']>([
  [submitShares, ['shares', 0, 'share']],
  [submitRehearsalShare, ['share']],
]);

/** Acts that carry what only one person can have made: a signature, or a share of a trustee's own key. */
const PERSONAL = variantsOf(
  TENDER_FACES.filter((face) => SHARE_AT.has(face) || signedLeavesOf(face).length > 0),
);

/**
 * The method of a draft, which has no schema in its contract, with anything wrong in it. Saved or refused, the platform
 * answers as it promised: nothing but the door judges. The draft is as before in the end.
 */
export async function misshapenMethods(probe: Probe, scene: Scene): Promise<string[]> {
  const face = TENDER_FACES.find((one) => one === updateDraft)!;
  const { person, body } = scene.right({ face, envelope: null, label: '' });
  const faults: string[] = [];
  for (const { what, value } of mutations(body['method'], 'method', [null, 'x', -1, {}])) {
    if (typeof value !== 'object' || value === null) continue;
    await probe.send(face, { ...body, method: value }, person).catch((error: Error) => {
      faults.push(`${what}: ${error.message}`);
    });
  }
  const { code } = await probe.send(face, body, person);
  return code === null ? faults : [...faults, `the draft was not restored: ${code}`];
}
