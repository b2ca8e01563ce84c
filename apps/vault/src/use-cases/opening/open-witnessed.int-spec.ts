import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DomainError, fromUtf8 } from '#kernel';
import { addSignatures, createCosigner, parseNote, policySha256 } from '#ledger';
import { LogBuilder, openEntry } from '../../../../../libs/ledger/test-support/log-builder.js';
import { OpeningStage, type Scene } from '../../../test-support/opening-scene.js';

const witnesses = [1, 2, 3].map((n) => createCosigner(`w${n}.test/w`, new Uint8Array(32).fill(n)));
const policy = [
  ...witnesses.map(({ verifier }, n) => `witness w${n + 1} ${verifier.verifierKey}`),
  'group two 2 w1 w2 w3',
  'quorum two',
  '',
].join('\n');
const rules = { witnessPolicySha256: policySha256(policy) };

describe('the opening of a tender that names witnesses', () => {
  let stage: OpeningStage;
  /** What audit answers. */
  let policyTold: string;
  let cosigned: () => Promise<string>;

  beforeAll(async () => {
    stage = await OpeningStage.start();
    await stage.bus.serve('req.audit.get-witness-policy.v1', 'audit', async () => ({
      ok: true,
      body: { policy: policyTold },
    }));
    await stage.bus.serve('req.audit.get-witnessed-checkpoint.v1', 'audit', async () => {
      try {
        return { ok: true, body: { checkpoint: await cosigned() } };
      } catch (error) {
        const { code, message, details } = error as DomainError;
        return { ok: false, error: { code, message, details } };
      }
    });
  });
  afterAll(() => stage?.close());
  beforeEach(() => {
    policyTold = policy;
  });

  const plain = async (): Promise<string> => fromUtf8(await stage.store.read('ledger/checkpoint'));
  const by = (count: number) => async (): Promise<string> => {
    const note = await plain();
    const { text } = parseNote(note);
    return addSignatures(
      note,
      witnesses.slice(0, count).map((witness) => witness.sign(text, 1_767_000_000)),
    );
  };
  const missing = async (): Promise<string> => {
    throw new DomainError('ledger.witness-quorum-missing', 'None yet.');
  };
  async function ready(): Promise<Scene> {
    const scene = await stage.tender(1, { rules });
    await stage.quorum(scene);
    return scene;
  }
  const refused = async (scene: Scene, code: string): Promise<void> => {
    await expect(stage.combine(scene)).rejects.toMatchObject({ code });
    expect((await stage.openingOf(scene))!.stage).toBe('combining');
    expect(await stage.told(scene.tenderId)).not.toContain('stored-envelopes-checked');
  };

  it('waits while the quorum is missing, and opens once it is there', async () => {
    const scene = await ready();
    cosigned = missing;
    await refused(scene, 'ledger.witness-quorum-missing');
    cosigned = by(1);
    await refused(scene, 'ledger.witness-quorum-missing');
    cosigned = by(2);
    expect((await stage.combine(scene)).stage).toBe('opened');
  });

  it('waits until the close record itself is under a cosigned checkpoint', async () => {
    const scene = await ready();
    // The ledger as it was before: its first entry alone.
    const log = new LogBuilder();
    const earlier = await log.append([openEntry(1)]);
    for (const [path, bytes] of log.files) {
      if (path !== 'checkpoint') await stage.store.overwrite(`ledger/${path}`, bytes);
    }
    cosigned = async () =>
      addSignatures(
        earlier,
        witnesses.map((witness) => witness.sign(parseNote(earlier).text, 1_767_000_000)),
      );
    await refused(scene, 'ledger.witness-quorum-missing');
  });

  it('believes no policy but the one that the tender was published with', async () => {
    const scene = await ready();
    cosigned = by(1);
    policyTold = policy.replace('group two 2', 'group two 1');
    await refused(scene, 'ledger.witness-policy-mismatch');
  });

  it('does not open by being set to ask no witnesses any more', async () => {
    const scene = await ready();
    cosigned = async () => {
      throw new DomainError('ledger.not-witnessed', 'No witness is asked.');
    };
    await refused(scene, 'ledger.not-witnessed');
  });
});
