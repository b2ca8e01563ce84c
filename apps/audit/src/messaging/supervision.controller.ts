import { Controller } from '@nestjs/common';
import {
  beginFeed,
  getAlarm,
  getExport,
  getTimeline,
  handleAlarm,
  listAlarms,
  listEntries,
  readExport,
  readFeed,
  requestExport,
  type RequestOf,
  scopeOf as scopeOfRole,
  type RegionScope,
} from '#contracts';
import { type Call, Handles } from '#service';
import * as alarms from '../use-cases/supervision/read-alarms.js';
import * as exporting from '../use-cases/supervision/order-exports.js';
import * as entries from '../use-cases/supervision/read-entries.js';
import { timeline } from '../use-cases/supervision/read-timeline.js';
import { SupervisionPorts } from '../use-cases/supervision/supervision-ports.js';

/** The regions that a supervisor was given; a grant without regions is for all of them. */
const scopeOf = (actor: Call['actor']): RegionScope => scopeOfRole(actor, 'supervisor');

/** One method a subject, each within the scope of who asks. */
@Controller()
export class SupervisionController {
  constructor(private readonly ports: SupervisionPorts) {}

  @Handles(listEntries)
  entries(body: RequestOf<typeof listEntries>, { actor }: Call) {
    return entries.list(this.ports, scopeOf(actor), body);
  }

  @Handles(beginFeed)
  begin() {
    return entries.beginFeed(this.ports);
  }

  @Handles(readFeed)
  feed(body: RequestOf<typeof readFeed>, { actor }: Call) {
    return entries.feed(this.ports, scopeOf(actor), body);
  }

  @Handles(getTimeline)
  timeline(body: RequestOf<typeof getTimeline>, { actor }: Call) {
    return timeline(this.ports, scopeOf(actor), body);
  }

  @Handles(listAlarms)
  alarms(body: RequestOf<typeof listAlarms>, { actor }: Call) {
    return alarms.list(this.ports, scopeOf(actor), body);
  }

  @Handles(getAlarm)
  alarm(body: RequestOf<typeof getAlarm>, { actor }: Call) {
    return alarms.get(this.ports, scopeOf(actor), body);
  }

  @Handles(handleAlarm)
  handle(body: RequestOf<typeof handleAlarm>, call: Call) {
    return alarms.handle(this.ports, scopeOf(call.actor), body, call);
  }

  @Handles(requestExport)
  order(body: RequestOf<typeof requestExport>, call: Call) {
    return exporting.order(this.ports, scopeOf(call.actor), body, call);
  }

  @Handles(getExport)
  export(body: RequestOf<typeof getExport>, call: Call) {
    return exporting.get(this.ports, body, call);
  }

  @Handles(readExport)
  file(body: RequestOf<typeof readExport>, call: Call) {
    return exporting.read(this.ports, body, call);
  }
}
