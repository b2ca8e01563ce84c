import { isDomainError } from '#kernel';
import { signExport } from '#contracts';
import type { Call } from '#service';
import { exportTableOf } from './export-table-of.js';
import type { ExportRow } from './exports.port.js';
import type { SupervisionPorts } from './supervision-ports.js';

/** An order whose writer died is begun again after that. */
const LEASE_MS = 600_000;
const ATTEMPTS_MAX = 5;
const RETRY_MS = 5_000;

export const fileNameOf = ({
  exportId,
  wanted: { kind, format },
}: Pick<ExportRow, 'exportId' | 'wanted'>): string => `${kind}-${exportId}.${format}`;

/** Writes every order that waits, one at a time, each straight into the store. */
export async function writeExports(ports: SupervisionPorts, call: Call, signal: AbortSignal): Promise<void> {
  for (
    let order = await ports.exports.takeNext(LEASE_MS);
    order;
    order = await ports.exports.takeNext(LEASE_MS)
  ) {
    await writeOne(ports, call, order);
    if (signal.aborted) return;
  }
}

async function writeOne(ports: SupervisionPorts, call: Call, order: ExportRow): Promise<void> {
  const { exports, ledger, writer, requests, log } = ports;
  const { exportId, wanted, attempts } = order;
  try {
    const madeAt = await exports.now();
    const { table, rowCount } = exportTableOf(ports, order, madeAt);
    // A second attempt may hold other bytes, and what is stored never changes.
    const key = `exports/${exportId}/${attempts}.${wanted.format}`;
    const { sha256, size } = await ledger.store.put(key, writer.write(wanted.format, table));
    const rows = rowCount();
    const fileName = fileNameOf(order);
    const { kind } = wanted;
    const ledgerSize = order.searchedTo;
    const statement = { v: 1 as const, exportId, kind, fileName, sha256, size, rows, madeAt, ledgerSize };
    const signed = await requests.ask(signExport, { statement });
    await exports.keep(call, exportId, { key, sha256, size, rows, madeAt }, signed);
  } catch (error) {
    log.warn({ error, exportId }, 'an export was not written');
    // What a rule refuses is refused again; what is only down now is tried again.
    const isFinal = isDomainError(error) && error.code === 'export.too-large';
    if (isFinal || attempts >= ATTEMPTS_MAX)
      await exports.fail(exportId, isDomainError(error) ? error.code : 'internal.error');
    else await exports.putBack(exportId, attempts * RETRY_MS);
  }
}
