import {
  declareConflicts,
  getScoringWork,
  readPart,
  type ResponseOf,
  saveScores,
  signSheet,
} from '#contracts';
import type { ApiClient } from './api-client.js';
import { sign, type SigningIdentity } from './identity.js';

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
    return this.api.call(getScoringWork, { tenderId: this.tenderId });
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
    const sheet = { v: 1, tenderId: this.tenderId, scores, reasons: {} };
    const signed = await sign(this.identity, sheet, 'sunseal-score-sheet');
    return this.api.call(signSheet, { tenderId: this.tenderId, sheet: signed });
  }
}
