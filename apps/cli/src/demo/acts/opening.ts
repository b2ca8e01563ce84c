import { type EnvelopeId, getOpeningRecord } from '#contracts';
import type { Trustee } from '../../client/trustee.js';
import { whenPossible } from '../../client/when-possible.js';
import type { Cast } from '../cast.js';
import type { Transcript } from '../transcript.js';

/** Some trustees come, the others stay away: the quorum is enough. */
export async function open(
  { buyer }: Cast,
  tenderId: string,
  trustees: readonly Trustee[],
  envelopeId: EnvelopeId,
  transcript: Transcript,
): Promise<void> {
  for (const trustee of trustees) {
    const { present, quorum, isOpened } = await whenPossible(`${envelopeId} opening`, 'opening.not-yet', () =>
      trustee.open(envelopeId),
    );
    transcript.note(
      `shares of ${present} trustees verified${isOpened ? ': the quorum opens' : `, ${quorum} are needed`}`,
    );
  }
  const { openings } = await buyer.api.call(getOpeningRecord, { tenderId });
  const opening = openings.find((one) => one.envelopeId === envelopeId)!;
  const names = opening.items.map(({ alias }) => alias).join(', ');
  transcript.act(
    `${envelopeId} envelopes opened by trustees ${opening.trusteesPresent.join(', ')}: ${names}`,
  );
}
