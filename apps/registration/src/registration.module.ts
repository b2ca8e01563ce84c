import { readFileSync } from 'node:fs';
import { type DynamicModule, Module, type OnModuleInit } from '@nestjs/common';
import { type ServiceDefinition, type ServiceRuntime, Sweeps, systemCall } from '#service';
import { registrationSettings, type RegistrationSettings } from './config.js';
import { RegistrationController } from './messaging/registration.controller.js';
import { CertificateEntity } from './persistence/certificate.entity.js';
import { GrantEnds1764400000011 } from './persistence/migrations/grant-ends-1764400000011.js';
import { Tables1764000000002 } from './persistence/migrations/tables-1764000000002.js';
import { OrganisationEntity } from './persistence/organisation.entity.js';
import { PersonEntity } from './persistence/person.entity.js';
import { TypeormRegister } from './persistence/typeorm-register.js';
import { endGrants } from './use-cases/end-grants.js';
import { ensureAdministrator } from './use-cases/people.js';
import { RegistrationPorts } from './use-cases/registration-ports.js';

const LOOK_FOR_ENDS_EVERY_MS = 1_000;

class FirstAdministrator implements OnModuleInit {
  constructor(
    private readonly ports: RegistrationPorts,
    private readonly settings: RegistrationSettings,
  ) {}

  onModuleInit(): Promise<void> {
    return ensureAdministrator(this.ports.register, this.settings, systemCall('ensure-administrator'));
  }
}

@Module({})
class RegistrationModule {}

function registrationModule({
  database,
  settings,
  log,
}: ServiceRuntime<RegistrationSettings>): DynamicModule {
  const ports: RegistrationPorts = {
    register: new TypeormRegister(database),
    regionCode: settings.regionCode,
    authority: {
      certificatePem: readFileSync(settings.authorityCertificateFile, 'utf8'),
      privateKeyPem: readFileSync(settings.authorityKeyFile, 'utf8'),
      days: settings.certificateDays,
    },
  };
  return {
    module: RegistrationModule,
    controllers: [RegistrationController],
    providers: [
      { provide: RegistrationPorts, useValue: ports },
      {
        provide: Sweeps,
        useValue: new Sweeps(log, [
          {
            name: 'end-grants',
            everyMs: LOOK_FOR_ENDS_EVERY_MS,
            work: (call) => endGrants(ports.register, call),
          },
        ]),
      },
      { provide: FirstAdministrator, useValue: new FirstAdministrator(ports, settings) },
    ],
  };
}

/** Organisations, people, roles and certificates. */
export const registrationService: ServiceDefinition<typeof registrationSettings> = {
  name: 'registration',
  settings: registrationSettings,
  entities: [OrganisationEntity, PersonEntity, CertificateEntity],
  migrations: [Tables1764000000002, GrantEnds1764400000011],
  module: registrationModule,
};
