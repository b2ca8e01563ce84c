import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { evaluationDocument, type EvaluationInput } from '#evaluation';
import { runProgram } from '../../../../test/support/run-program.js';
import { evaluateCommand } from './evaluate.js';

const folder = mkdtempSync(join(tmpdir(), 'sunseal-evaluate-'));
const page = readFileSync('docs/protocol/evaluation.md', 'utf8');
/** The blocks of the page's complete example: the document, what is printed, some of the trace. */
const [example = '', printed = '', trace = ''] = [
  ...page.slice(page.indexOf('## A complete example')).matchAll(/```(?:json)?\n([^]*?)```/g),
].map(([, block]) => block);
const document = JSON.parse(example) as EvaluationInput;

const written = jest.spyOn(process.stdout, 'write');
const saved = (content: unknown): string => {
  const file = join(folder, 'evaluation.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
};

/** The command in this process: starting the program for every line costs a second each. */
async function run(content: unknown, ...options: readonly string[]) {
  written.mockReset().mockReturnValue(true);
  const code = await evaluateCommand.run([saved(content), ...options]);
  return { code, out: written.mock.calls.map(([text]) => String(text)).join('') };
}

afterAll(() => {
  written.mockRestore();
  rmSync(folder, { recursive: true, force: true });
});

describe('sunseal evaluate', () => {
  it('prints for the example of the documentation what the documentation says', async () => {
    expect(await runProgram('cli', ['evaluate', saved(example)])).toEqual({ code: 0, out: printed, err: '' });
    const { out } = await run(example, '--explain');
    for (const line of trace.trim().split('\n')) expect(out.split('\n')).toContain(line);
  });

  it('gives the whole result with its trace as JSON', async () => {
    const { out } = await run(document, '--json');
    expect(JSON.parse(out)).toEqual(JSON.parse(JSON.stringify(evaluationDocument(document).result)));
  });

  it('runs a published evaluation again, and names where another result stands in it', async () => {
    const stored = evaluationDocument(document);
    expect((await run(stored)).code).toBe(0);
    const [first, ...others] = stored.result.bids;
    const altered = { ...stored, result: { ...stored.result, bids: [{ ...first, rank: 2 }, ...others] } };
    await expect(run(altered)).rejects.toMatchObject({
      code: 'evaluation.mismatch',
      details: { at: 'bids' },
    });
  });

  it('checks a method alone or in its document, and ends with 1 where it has an error', async () => {
    const { method } = document;
    const warned = await run(document, '--check');
    expect(warned).toMatchObject({
      code: 0,
      out: expect.stringContaining('warning\tscore.not-monotone\tscore.below.0'),
    });
    expect(await run(method, '--check')).toEqual(warned);
    const { score: _left, ...without } = method;
    const { code, out } = await run({ method: without }, '--check');
    expect(code).toBe(1);
    expect(out).toMatch(
      /^error\tform\.missing\tscore\tPrice score: "score" is missing.*价格评分：“score”缺少/,
    );
  });

  it('evaluates lots, and awards them together where a discount binds them', async () => {
    const method = { ...document.method, panel: undefined, bench: undefined, admit: {} };
    const lowest = {
      ...method,
      score: { rule: 'none' },
      combine: { rule: 'evaluated-price' },
      rank: { keys: ['lowest-total'], ties: 'exact' },
    };
    const lot = (id: string, a: string, b: string) => ({
      id,
      method: lowest,
      bids: [
        { id: 'AA11', price: a },
        { id: 'BB22', price: b },
      ],
    });
    const lots = [lot('north', '100', '110'), lot('south', '210', '200')];
    const discounts = [{ bidder: 'AA11', lots: ['north', 'south'], off: { as: 'percent', value: '5' } }];
    const { code, out } = await run({ lots, discounts });
    expect(code).toBe(0);
    expect(out).toContain('lot\tsouth\n1\tBB22\t200.0000\t200\n');
    expect(out).toContain('award\nnorth\tAA11\nsouth\tAA11\ntotal\t294.50\t589/2\n');
    expect((await run({ lots })).out).not.toContain('award');
  });

  it.each([
    ['what is no JSON', '{"method":'],
    ['a list', '[]'],
    ['a price that is no text', { ...document, bids: [{ id: 'AB12', price: 800 }] }],
    ['a key that nothing reads', { ...document, draw: {} }],
    ['a drawn number that is not recorded', { ...document, draws: {} }],
  ])('refuses %s', async (_what, content) => {
    await expect(run(content)).rejects.toMatchObject({ code: 'evaluation.input-invalid' });
  });

  it('says the code of a refusal, and ends with 1', async () => {
    const { code, err } = await runProgram('cli', ['evaluate', saved('{"method":')]);
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringMatching(/^sunseal: evaluation\.input-invalid: .* is no JSON/),
    });
  });

  it('shows how it is used, with 2, where no file is named', async () => {
    written.mockReturnValue(true);
    expect(await evaluateCommand.run([])).toBe(2);
    expect(String(written.mock.calls[0]?.[0])).toContain('Usage: sunseal evaluate FILE');
  });
});
