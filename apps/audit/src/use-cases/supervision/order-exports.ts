import { DomainError, invariant, jcsBytes, toHex } from '#kernel';
import {
  type getExport,
  LIMITS,
  type readExport,
  type requestExport,
  type RequestOf,
  type ResponseOf,
  type SupervisionExport,
  type RegionScope,
} from '#contracts';
import { nodeSha256 } from '#ledger/node';
import type { Call } from '#service';
import { isInScope } from '../../domain/supervision/region-scope.js';
import type { ExportRow } from './exports.port.js';
import { filterOf, rowsMaxOf } from './export-table-of.js';
import { catchUp } from './follow-ledger.js';
import type { SupervisionPorts } from './supervision-ports.js';
import { fileNameOf } from './write-exports.js';

const MEDIA_TYPES = {
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  pdf: 'application/pdf',
} as const;

const shown = (row: ExportRow): SupervisionExport => {
  const { exportId, wanted, state, requestedAt, file, signed, code } = row;
  return {
    exportId,
    kind: wanted.kind,
    format: wanted.format,
    state,
    requestedAt,
    fileName: fileNameOf(row),
    file: file && { sha256: file.sha256, size: file.size, rows: file.rows, madeAt: file.madeAt },
    signature: signed?.signature ?? null,
    platformCertificatePem: signed?.platformCertificatePem ?? null,
    code,
  };
};

/**
 * Orders a file of what the scope holds now. Throws `export.too-large`, `export.too-many`, `export.font-missing`,
 * `tender.unknown`, and `request.malformed` for a timeline of no tender.
 */
export async function order(
  ports: SupervisionPorts,
  scope: RegionScope,
  wanted: RequestOf<typeof requestExport>,
  call: Call,
): Promise<ResponseOf<typeof requestExport>> {
  const { search, exports, writer } = ports;
  const { actorId } = call;
  invariant(actorId !== null, 'a person orders an export');
  if (wanted.format === 'pdf' && !writer.canWritePdf)
    throw new DomainError('export.font-missing', 'No font for PDF files is installed; take a workbook.');
  await catchUp(search);
  if (wanted.kind === 'timeline') await requireTender(ports, scope, wanted.tenderId);
  const rowsMax = rowsMaxOf(wanted.format);
  const isOfAlarms = wanted.kind === 'alarms';
  if (!isOfAlarms && (await search.count(filterOf({ wanted, scope }), rowsMax + 1)) > rowsMax)
    throw new DomainError('export.too-large', `A file holds at most ${rowsMax} rows.`, { rowsMax });
  const searchedTo = await search.searchedTo();
  const filterSha256 = toHex(nodeSha256(jcsBytes(wanted)));
  const asked = { personId: actorId, wanted, scope, searchedTo, filterSha256 };
  return shown(await exports.request(call, asked, LIMITS.exportsWaitingMax));
}

async function requireTender({ search }: SupervisionPorts, scope: RegionScope, tenderId: string | undefined) {
  if (tenderId === undefined) throw new DomainError('request.malformed', 'A timeline is of a tender.');
  const [tender] = await search.tenders([tenderId]);
  if (!tender || !isInScope(tender.region, scope))
    throw new DomainError('tender.unknown', 'The ledger holds nothing about such a tender.');
}

async function own({ exports }: SupervisionPorts, exportId: string, call: Call): Promise<ExportRow> {
  const row = await exports.find(exportId, call.actorId!);
  if (!row) throw new DomainError('export.unknown', 'There is no such export of yours.');
  return row;
}

/** Throws `export.unknown`. */
export async function get(
  ports: SupervisionPorts,
  { exportId }: RequestOf<typeof getExport>,
  call: Call,
): Promise<ResponseOf<typeof getExport>> {
  return shown(await own(ports, exportId, call));
}

/** Throws `export.unknown`, `export.not-ready`, `export.failed`. */
export async function read(
  ports: SupervisionPorts,
  { exportId }: RequestOf<typeof readExport>,
  call: Call,
): Promise<ResponseOf<typeof readExport>> {
  const row = await own(ports, exportId, call);
  if (row.state === 'failed')
    throw new DomainError('export.failed', 'This export could not be written.', { code: row.code });
  if (row.file === null) throw new DomainError('export.not-ready', 'This export is still being written.');
  return { key: row.file.key, fileName: fileNameOf(row), mediaType: MEDIA_TYPES[row.wanted.format] };
}
