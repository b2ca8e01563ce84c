import { Rational } from '#kernel';
import type { BoqFinding } from '../boq/boq-finding.js';
import type { CorrectedTotals } from '../boq/corrected-totals.js';
import { decimalCell, textCell } from './report-cell.js';
import { CHECK_WORDS, FINDING_WORDS, type ReportLanguage } from './report-words.js';
import type { ReportCell, ReportSheet } from './workbook-stream.js';

/** Code and cell of what is wrong; a workbook that cannot be read has one finding with a code of its own. */
export type ReportedFinding = Omit<BoqFinding, 'code'> & { readonly code: string };

const SHOWN = { digits: 6, mode: 'half-up' } as const;

/** Exact where it is short, else to six places. */
function figureCell(figure: string): ReportCell {
  return decimalCell(figure.includes('/') ? shortest(Rational.from(figure)) : figure);
}

function shortest(value: Rational): string {
  for (let digits = 0; digits < SHOWN.digits; digits++)
    if (value.round({ digits, mode: 'half-up' }).equals(value))
      return value.toFixed({ digits, mode: 'half-up' });
  return value.toFixed(SHOWN);
}

function findingCells(finding: ReportedFinding, language: ReportLanguage): ReportCell[] {
  const { code, severity, sheet, cell, item, expected, found, message } = finding;
  return [
    code,
    CHECK_WORDS[language][severity],
    FINDING_WORDS[code]?.[language] ?? '',
    textCell(sheet ?? ''),
    cell,
    textCell(item ?? ''),
    textCell(expected ?? ''),
    textCell(found ?? ''),
    textCell(message),
  ];
}

/** The check of one bidder's bill: every finding with sheet, cell and both figures, and what a correction changes. */
export function checkSheets(
  findings: readonly ReportedFinding[],
  corrected: CorrectedTotals | null,
  language: ReportLanguage,
): ReportSheet[] {
  const words = CHECK_WORDS[language];
  const sums: ReportCell[][] = corrected?.corrected
    ? [['', '', words.sum, figureCell(corrected.asRead), figureCell(corrected.corrected)]]
    : [];
  return [
    {
      title: words.findings,
      widths: [18, 8, 26, 16, 8, 16, 20, 20, 60],
      header: words.findingsHeader,
      rows: findings.map((finding) => findingCells(finding, language)),
    },
    {
      title: words.corrections,
      widths: [16, 8, 16, 20, 20],
      header: words.correctionsHeader,
      rows: [
        ...(corrected?.lines ?? []).map(({ sheet, cell, item, asRead, corrected: counts }) => [
          textCell(sheet),
          cell,
          textCell(item),
          figureCell(asRead),
          figureCell(counts),
        ]),
        ...sums,
      ],
    },
  ];
}
