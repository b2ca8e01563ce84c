import { Controller } from '@nestjs/common';
import {
  attendOpening,
  getOpeningProofs,
  getOpeningRecord,
  getOpeningWork,
  objectToOpening,
  readOpenedEnvelope,
  releaseBidderKey,
  type RequestOf,
  resumeOpening,
  revealRescue,
  submitShares,
} from '#contracts';
import { type Call, Handles, requireRegionOf } from '#service';
import { attend, openingWork, resume } from '../use-cases/opening/open-session.js';
import { takeShares } from '../use-cases/opening/open-take-shares.js';
import { takeBidderKey } from '../use-cases/opening/open-with-bidder-key.js';
import { takeObjection, takeRescue } from '../use-cases/opening/open-with-rescue.js';
import * as reading from '../use-cases/opening/read-opening.js';
import { VaultPorts } from '../use-cases/vault-ports.js';

/** The opening ceremony; one method a subject. */
@Controller()
export class VaultOpeningController {
  constructor(private readonly ports: VaultPorts) {}

  @Handles(attendOpening)
  attend(body: RequestOf<typeof attendOpening>, call: Call) {
    return attend(this.ports, body, call);
  }

  @Handles(getOpeningWork)
  work(body: RequestOf<typeof getOpeningWork>, call: Call) {
    return openingWork(this.ports, body, call);
  }

  @Handles(submitShares)
  shares(body: RequestOf<typeof submitShares>, call: Call) {
    return takeShares(this.ports, body, call);
  }

  @Handles(objectToOpening)
  object(body: RequestOf<typeof objectToOpening>, call: Call) {
    return takeObjection(this.ports, body, call);
  }

  @Handles(revealRescue)
  rescue(body: RequestOf<typeof revealRescue>, call: Call) {
    return takeRescue(this.ports, body, call);
  }

  @Handles(releaseBidderKey)
  bidderKey(body: RequestOf<typeof releaseBidderKey>, call: Call) {
    return takeBidderKey(this.ports, body, call);
  }

  @Handles(resumeOpening)
  async resume(body: RequestOf<typeof resumeOpening>, call: Call) {
    await requireRegionOf(this.ports.requests, call, body.tenderId);
    return resume(this.ports, body, call);
  }

  @Handles(getOpeningRecord)
  record(body: RequestOf<typeof getOpeningRecord>) {
    return reading.openingRecord(this.ports, body);
  }

  @Handles(getOpeningProofs)
  proofs(body: RequestOf<typeof getOpeningProofs>) {
    return reading.openingProofs(this.ports, body);
  }

  @Handles(readOpenedEnvelope)
  envelope(body: RequestOf<typeof readOpenedEnvelope>) {
    return reading.openedEnvelope(this.ports, body);
  }
}
