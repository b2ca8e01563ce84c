import { Controller } from '@nestjs/common';
import {
  checkCertificate,
  checkPassword,
  createAccount,
  describePerson,
  getAuthority,
  getOrganisation,
  issueCertificate,
  listAccounts,
  listOrganisations,
  listPeople,
  registerOrganisation,
  type RequestOf,
  type ResponseOf,
  reviewOrganisation,
} from '#contracts';
import { type Call, Handles } from '#service';
import * as certificates from '../use-cases/certificates.js';
import * as organisations from '../use-cases/organisations.js';
import * as people from '../use-cases/people.js';
import { RegistrationPorts } from '../use-cases/registration-ports.js';

/** One method a subject: hands the body to its use case, and nothing else. */
@Controller()
export class RegistrationController {
  constructor(private readonly ports: RegistrationPorts) {}

  @Handles(registerOrganisation)
  register(body: RequestOf<typeof registerOrganisation>, call: Call) {
    return organisations.register(this.ports.register, body, call);
  }

  @Handles(reviewOrganisation)
  review(body: RequestOf<typeof reviewOrganisation>, call: Call) {
    return organisations.review(this.ports.register, body, call);
  }

  @Handles(getOrganisation)
  organisation(body: RequestOf<typeof getOrganisation>, call: Call) {
    return organisations.get(this.ports.register, body, call);
  }

  @Handles(listOrganisations)
  organisations(body: RequestOf<typeof listOrganisations>) {
    return organisations.list(this.ports.register, body);
  }

  @Handles(createAccount)
  account(body: RequestOf<typeof createAccount>, call: Call) {
    return people.addAccount(this.ports.register, body, this.ports.regionCode, call);
  }

  @Handles(checkPassword)
  signIn(body: RequestOf<typeof checkPassword>, call: Call) {
    return people.signIn(this.ports.register, body, call);
  }

  @Handles(describePerson)
  person(body: RequestOf<typeof describePerson>) {
    return people.describeById(this.ports.register, body);
  }

  @Handles(listPeople)
  people(body: RequestOf<typeof listPeople>) {
    return people.list(this.ports.register, body);
  }

  @Handles(listAccounts)
  accounts(body: RequestOf<typeof listAccounts>) {
    return people.listEveryone(this.ports.register, body);
  }

  @Handles(issueCertificate)
  certificate(body: RequestOf<typeof issueCertificate>, call: Call) {
    return certificates.issue(this.ports.register, this.ports.authority, body, call);
  }

  @Handles(checkCertificate)
  checkCertificate(body: RequestOf<typeof checkCertificate>) {
    return certificates.check(this.ports.register, body);
  }

  @Handles(getAuthority)
  async authority(): Promise<ResponseOf<typeof getAuthority>> {
    return { certificatePem: this.ports.authority.certificatePem };
  }
}
