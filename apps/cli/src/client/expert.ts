import { inParts, InvariantError, type PartLimits } from '#kernel';
import {
  declareConflicts,
  getScoringWork,
  readPart,
  type ResponseOf,
  saveScores,
  signSheet,
} from '#contracts';
import { allPages } from '#verify';
import type { ApiClient } from './api-client.js';
import { sign, type SigningIdentity } from './identity.js';

/** Marks that are signed together: less than a signed document may have, in base64url and with its certificate. */
const SIGNED_PIECE: PartLimits = { itemsMax: 1_000, bytesMax: 40 * 1024 };

export type ScoringWork = ResponseOf<typeof getScoringWork>;

/** An expert's side: reads blind documents, keeps a draft, signs the sheet with an own key. */
export class Expert {
  constructor(
    readonly api: ApiClient,
    private readonly identity: SigningIdentity,
    private readonly tenderId: string,
  ) {}

  async begin(): Promise<ScoringWork> {
    await this.api.call(declareConflicts, { tenderId: this.tenderId, hasConflict: false });
    const { tenderId } = this;
    const pages = await allPages((page) => this.api.call(getScoringWork, { tenderId, page }));
    return {
      ...pages[0],
      bids: pages.flatMap(({ bids }) => bids),
      draft: Object.assign({}, ...pages.map(({ draft }) => draft)) as ScoringWork['draft'],
    };
  }

  read(alias: string, sha256: string): Promise<Uint8Array> {
    return this.api.download(readPart, { tenderId: this.tenderId, alias, sha256 });
  }

  async save(alias: string, scores: Readonly<Record<string, string>>): Promise<void> {
    await this.api.call(saveScores, { tenderId: this.tenderId, alias, scores: { ...scores } });
  }

  async sign(
    scores: Readonly<Record<string, Readonly<Record<string, string>>>>,
  ): Promise<ResponseOf<typeof signSheet>> {
    const { tenderId } = this;
    const pieces = inParts(Object.entries(scores), SIGNED_PIECE);
    for (const [at, piece] of pieces.entries()) {
      const payload = { v: 1, tenderId, scores: Object.fromEntries(piece), reasons: {} };
      const sheet = await sign(this.identity, payload, 'sunseal-score-sheet');
      const isPartial = at < pieces.length - 1;
      const answer = await this.api.call(signSheet, { tenderId, sheet, isPartial });
      if (!isPartial) return answer;
    }
    throw new InvariantError('a list has one part at least');
  }
}
