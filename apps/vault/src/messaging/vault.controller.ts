import { Controller } from '@nestjs/common';
import {
  acceptBody,
  authoriseUpload,
  getDescriptor,
  getOpeningProofs,
  getOpeningRecord,
  getOpeningWork,
  getOwnBid,
  joinTender,
  readOpenedEnvelope,
  type RequestOf,
  submitBid,
  submitShares,
  withdrawBid,
} from '#contracts';
import { type Call, Handles } from '#service';
import { openingWork, takeShares } from '../use-cases/open-envelopes.js';
import { join } from '../use-cases/participate.js';
import * as reading from '../use-cases/read-vault.js';
import { takeBid, takeWithdrawal } from '../use-cases/take-bid.js';
import { mayUpload, takeBody } from '../use-cases/take-body.js';
import { VaultPorts } from '../use-cases/vault-ports.js';

/** One method a subject: hands the body to its use case, and nothing else. */
@Controller()
export class VaultController {
  constructor(private readonly ports: VaultPorts) {}

  @Handles(getDescriptor)
  descriptor(body: RequestOf<typeof getDescriptor>) {
    return reading.descriptorOf(this.ports, body);
  }

  @Handles(joinTender)
  join(body: RequestOf<typeof joinTender>, call: Call) {
    return join(this.ports, body, call);
  }

  @Handles(authoriseUpload)
  upload(body: RequestOf<typeof authoriseUpload>, call: Call) {
    return mayUpload(this.ports, body, call);
  }

  @Handles(acceptBody)
  body(body: RequestOf<typeof acceptBody>, call: Call) {
    return takeBody(this.ports, body, call);
  }

  @Handles(submitBid)
  submit(body: RequestOf<typeof submitBid>, call: Call) {
    return takeBid(this.ports, body, call);
  }

  @Handles(withdrawBid)
  withdraw(body: RequestOf<typeof withdrawBid>, call: Call) {
    return takeWithdrawal(this.ports, body, call);
  }

  @Handles(getOwnBid)
  own(body: RequestOf<typeof getOwnBid>, call: Call) {
    return reading.ownBid(this.ports, body, call);
  }

  @Handles(getOpeningWork)
  work(body: RequestOf<typeof getOpeningWork>, call: Call) {
    return openingWork(this.ports, body, call);
  }

  @Handles(submitShares)
  shares(body: RequestOf<typeof submitShares>, call: Call) {
    return takeShares(this.ports, body, call);
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
