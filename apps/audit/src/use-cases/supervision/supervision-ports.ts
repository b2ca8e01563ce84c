import type { Log, Requests } from '#service';
import type { AlarmSettings } from '../../domain/alarms/alarm-settings.js';
import type { AuditPorts } from '../audit-ports.js';
import type { Alarms } from './alarms.port.js';
import type { ExportWriter } from './export-writer.port.js';
import type { Exports } from './exports.port.js';
import type { EntrySearch } from './entry-search.port.js';

/** What supervision reaches beyond itself. */
export abstract class SupervisionPorts {
  abstract readonly ledger: AuditPorts;
  abstract readonly search: EntrySearch;
  abstract readonly alarms: Alarms;
  abstract readonly exports: Exports;
  abstract readonly writer: ExportWriter;
  abstract readonly requests: Requests;
  abstract readonly thresholds: AlarmSettings;
  abstract readonly log: Log;
}
