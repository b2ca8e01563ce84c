import type { EnvelopeId } from '#contracts';
import { readOpeningRecord } from '#verify';
import type { Trustee } from '../../client/trustee.js';
import { waitUntil } from '../../client/wait-until.js';
import { whenPossible } from '../../client/when-possible.js';
import type { Cast } from '../cast.js';
import type { Transcript } from '../transcript.js';

const OPENED_WITHIN_MS = 60_000;

/** Some trustees come, the others stay away: the quorum is enough. */
export async function open(
  { buyer }: Cast,
  tenderId: string,
  trustees: readonly Trustee[],
  envelopeId: EnvelopeId,
  transcript: Transcript,
): Promise<void> {
  for (const trustee of trustees) {
    const { present, quorum } = await whenPossible(`${envelopeId} opening`, 'opening.not-yet', () =>
      trustee.open(envelopeId),
    );
    transcript.note(
      `shares of ${present} trustees verified${present >= quorum ? ': the quorum opens' : `, ${quorum} are needed`}`,
    );
  }
  const opening = await waitUntil(`the ${envelopeId} envelopes to be open`, OPENED_WITHIN_MS, async () => {
    const { openings } = await readOpeningRecord(buyer.api, tenderId);
    return openings.find((one) => one.envelopeId === envelopeId && one.stage === 'opened');
  });
  const names = opening.items.map(({ alias }) => alias).join(', ');
  transcript.act(
    `${envelopeId} envelopes opened by trustees ${opening.trusteesPresent.join(', ')}: ${names}`,
  );
}
