import { access } from './access.js';
import type { ProblemTexts } from './problem-texts.js';
import { ledger } from './ledger.js';
import { proofs } from './proofs.js';
import { registration } from './registration.js';
import { supervision } from './supervision.js';
import { tendering } from './tendering.js';
import { vault } from './vault.js';

const ALL: ProblemTexts = {
  ...access,
  ...registration,
  ...tendering,
  ...vault,
  ...ledger,
  ...proofs,
  ...supervision,
};

/** The texts of one language, by code. */
export const problemsIn = (language: 'zh' | 'en'): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(ALL).map(([code, texts]) => [code, texts[language === 'zh' ? 0 : 1]]));
