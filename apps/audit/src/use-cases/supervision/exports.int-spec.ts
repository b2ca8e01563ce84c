import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import * as XLSX from '@e965/xlsx';
import { DomainError, toHex } from '#kernel';
import { exportMade, exportRequested, LIMITS } from '#contracts';
import { nodeSha256 } from '#ledger/node';
import { type Call, systemCall } from '#service';
import { newId, SupervisionScene, tenderPublished } from '../../../test-support/supervision-scene.js';
import * as exporting from './order-exports.js';
import type { SupervisionPorts } from './supervision-ports.js';
import { writeExports } from './write-exports.js';

const [TENDER, OTHER, SUPERVISOR, ANOTHER] = [newId(), newId(), newId(), newId()];
const idle = new AbortController().signal;

describe('exports', () => {
  let scene: SupervisionScene;

  beforeAll(async () => {
    scene = await SupervisionScene.start();
    await scene.enter(
      tenderPublished(TENDER, { title: { zh: '=1+1', en: '=1+1' } }),
      { subject: 'evt.tendering.clarification-published.v1', tenderId: TENDER, data: { answer: '=cmd' } },
      tenderPublished(OTHER, { regionCode: '630200' }),
    );
  }, 60_000);

  afterAll(() => scene?.close());

  const call = (actorId = SUPERVISOR): Call => ({
    ...systemCall('req.audit.request-export.v1'),
    actorId,
    idempotencyKey: newId(),
  });
  const order = (
    wanted: Partial<Parameters<typeof exporting.order>[2]>,
    {
      scope = null,
      by = call(),
      ports = scene.ports,
    }: { scope?: string[] | null; by?: Call; ports?: SupervisionPorts } = {},
  ) => exporting.order(ports, scope, { kind: 'entries', format: 'xlsx', language: 'zh', ...wanted }, by);
  const write = (ports = scene.ports) => writeExports(ports, systemCall('write-exports'), idle);

  async function bytesOf(exportId: string): Promise<Uint8Array> {
    const { key } = await exporting.read(scene.ports, { exportId }, call());
    return scene.ports.ledger.store.read(key);
  }

  const rowsOf = (bytes: Uint8Array): unknown[][] => {
    const workbook = XLSX.read(bytes);
    return XLSX.utils.sheet_to_json(workbook.Sheets[workbook.SheetNames[0]!]!, { header: 1 });
  };

  it('are ordered, written in the background, and told with the hash of the file', async () => {
    const { exportId, state } = await order({});
    expect(state).toBe('waiting');
    const early = exporting.read(scene.ports, { exportId }, call());
    await expect(early).rejects.toMatchObject({ code: 'export.not-ready' });
    await write();
    const { file } = await exporting.get(scene.ports, { exportId }, call());
    const bytes = await bytesOf(exportId);
    expect(file).toMatchObject({ rows: 3, size: bytes.length, sha256: toHex(nodeSha256(bytes)) });
    const told = await scene.ledger.rows['query'](
      'SELECT subject, data FROM outbox WHERE subject = ANY ($1) ORDER BY id',
      [[exportRequested.subject, exportMade.subject]],
    );
    expect(told).toMatchObject([
      { subject: exportRequested.subject, data: { exportId, kind: 'entries', format: 'xlsx' } },
      { subject: exportMade.subject, data: { exportId, sha256: file!.sha256, rows: 3 } },
    ]);
  });

  it('hold what the filter and the scope find, as the ledger stood at the order', async () => {
    const timeline = await order({ kind: 'timeline', tenderId: TENDER });
    const scoped = await order({ language: 'en' }, { scope: ['630200'] });
    await scene.enter({ subject: 'evt.tendering.draft-saved.v1', tenderId: TENDER });
    await write();
    const indices = async ({ exportId }: { exportId: string }): Promise<unknown[]> =>
      rowsOf(await bytesOf(exportId))
        .slice(4)
        .map(([index]) => index);
    expect(await indices(timeline)).toEqual([0, 1]);
    expect(await indices(scoped)).toEqual([2]);
  });

  it('of alarms hold no formula, whatever the evidence and the handling say', async () => {
    await scene.ports.alarms.commit(systemCall('test'), {
      ...(await scene.ports.alarms.newActs(0)),
      latest: [],
      lookAgain: new Map(),
      found: [
        {
          rule: 'ledger-test',
          severity: 'info',
          tenderId: TENDER,
          key: 'test',
          evidence: { entries: [], values: { a: '=1' } },
        },
      ],
    });
    const { exportId } = await order({ kind: 'alarms' });
    await write();
    const workbook = XLSX.read(await bytesOf(exportId), { cellFormula: true });
    const cells = Object.values(workbook.Sheets[workbook.SheetNames[0]!]!) as XLSX.CellObject[];
    expect(cells.filter((cell) => cell?.f !== undefined)).toEqual([]);
    expect(rowsOf(await bytesOf(exportId)).at(-1)).toContain("'=1+1");
  });

  it('are a PDF where a font is installed, and refused where none is', async () => {
    const { writer } = scene.ports;
    const ports = { ...scene.ports, writer: { ...writer, canWritePdf: false } };
    await expect(order({ format: 'pdf' }, { ports })).rejects.toMatchObject({ code: 'export.font-missing' });
    const { exportId } = await order({ format: 'pdf', kind: 'timeline', tenderId: TENDER });
    await write();
    expect(Buffer.from(await bytesOf(exportId)).toString('latin1')).toMatch(/^%PDF-[^]*%%EOF\s*$/);
  });

  it('are tried again while the vault cannot sign, and given up at last', async () => {
    const ask = (): Promise<never> => Promise.reject(new DomainError('bus.timeout', 'nobody answers'));
    const { exportId } = await order({});
    for (let attempt = 1; attempt <= 5; attempt++) {
      expect(await exporting.get(scene.ports, { exportId }, call())).toMatchObject({ state: 'waiting' });
      await scene.ledger.rows['query']('UPDATE supervision_export SET due_at = clock_timestamp()');
      await write({ ...scene.ports, requests: { ask } as never });
    }
    const end = await exporting.get(scene.ports, { exportId }, call());
    expect(end).toMatchObject({ state: 'failed', code: 'bus.timeout', signature: null });
  });

  it('are refused for a timeline of no tender, of an unknown one, and of one outside of the scope', async () => {
    await expect(order({ kind: 'timeline' })).rejects.toMatchObject({ code: 'request.malformed' });
    const unknown = { code: 'tender.unknown' };
    await expect(order({ kind: 'timeline', tenderId: newId() })).rejects.toMatchObject(unknown);
    await expect(order({ kind: 'timeline', tenderId: TENDER }, { scope: ['630200'] })).rejects.toMatchObject(
      unknown,
    );
  });

  it('are refused when too many of one person wait, and not to others', async () => {
    const by = (): Call => call(ANOTHER);
    for (let i = 0; i < LIMITS.exportsWaitingMax; i++) await order({}, { by: by() });
    await expect(order({}, { by: by() })).rejects.toMatchObject({ code: 'export.too-many' });
    await order({});
    await write();
    await order({}, { by: by() });
    await write();
  });

  it('of another are unknown', async () => {
    const { exportId } = await order({});
    const asked = exporting.get(scene.ports, { exportId }, call(ANOTHER));
    await expect(asked).rejects.toMatchObject({ code: 'export.unknown' });
  });

  it('that grow beyond what a file holds fail by that name and keep nothing', async () => {
    await write();
    const { search } = scene.ports;
    const find: typeof search.find = async (filter, after, limit) => {
      const [row] = await search.find(filter, -1, 1);
      return Array.from({ length: limit }, (_, i) => ({ ...row!, index: after + 1 + i }));
    };
    const { exportId } = await order({ format: 'pdf' });
    await scene.ledger.rows['query'](
      'UPDATE supervision_export SET searched_to = 1000000 WHERE export_id = $1',
      [exportId],
    );
    const endless = Object.assign(Object.create(search) as typeof search, { find });
    const quick = {
      ...scene.ports.writer,
      write: async function* (_: unknown, { rows }: { rows: AsyncIterable<unknown> }) {
        for await (const row of rows) yield new Uint8Array(row ? 1 : 0);
      },
    };
    await write({ ...scene.ports, search: endless, writer: quick });
    expect(await exporting.get(scene.ports, { exportId }, call())).toMatchObject({
      state: 'failed',
      code: 'export.too-large',
      file: null,
    });
    await expect(exporting.read(scene.ports, { exportId }, call())).rejects.toMatchObject({
      code: 'export.failed',
    });
  });
});
