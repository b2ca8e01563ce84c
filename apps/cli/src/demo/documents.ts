import PDFDocument from 'pdfkit';
import { jcsBytes } from '#kernel';
import type { EnvelopePart } from '#sealing';
import { writeBidderBoq } from '../workbooks/write-boq.js';
import type { Envelopes } from '../client/bidder.js';
import { priceLines } from './boq.js';

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

function pdf(title: string, paragraphs: readonly string[]): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const document = new PDFDocument({ info: { Title: title }, size: 'A4' });
    document.on('data', (chunk: Buffer) => chunks.push(chunk));
    document.on('end', () => resolve(new Uint8Array(Buffer.concat(chunks))));
    document.on('error', reject);
    document.fontSize(18).text(title).moveDown();
    for (const paragraph of paragraphs) document.fontSize(11).text(paragraph).moveDown();
    document.end();
  });
}

/** A blind technical proposal: nothing in it tells whose it is. `variant` makes versions differ. */
async function technicalParts(variant: string): Promise<EnvelopePart[]> {
  const plan = await pdf('Construction plan', [
    'Works proceed in three sections from upstream to downstream; each is opened to the public when it is finished.',
    `Crew and machine schedule ${variant}: two paving crews, one drainage crew, one planting crew.`,
    'Night work stops at 22:00; dust is kept down by fog cannons.',
  ]);
  const quality = await pdf('Quality and safety', [
    'Every delivery of granite is measured and sampled; results are kept with the batch number.',
    `Safety plan ${variant}: daily briefing, fenced trenches, rescue line at the river bank.`,
  ]);
  return [
    { name: 'construction-plan.pdf', mediaType: 'application/pdf', bytes: plan },
    { name: 'quality-and-safety.pdf', mediaType: 'application/pdf', bytes: quality },
  ];
}

async function commercialParts(price: string): Promise<EnvelopePart[]> {
  const boq = await writeBidderBoq(priceLines(price), { title: '投标报价 Priced bill of quantities' });
  return [
    { name: 'offer.json', mediaType: 'application/json', bytes: jcsBytes({ v: 1, price, currency: 'CNY' }) },
    { name: 'boq.xlsx', mediaType: XLSX, bytes: boq },
  ];
}

/** What a bidder puts into its two envelopes. */
export async function bidContent(price: string, variant: string): Promise<Envelopes> {
  return { technical: await technicalParts(variant), commercial: await commercialParts(price) };
}
