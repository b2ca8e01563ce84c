import { Controller } from '@nestjs/common';
import { listLowerCentres } from '#contracts';
import { Handles } from '#service';
import { type LowerCentre, LowerCentres } from '../use-cases/lower/lower-centre.js';
import { readLowerCentres } from '../use-cases/lower/read-lower.js';

/** The centres that are followed. */
export abstract class FollowedCentres {
  abstract readonly centres: readonly LowerCentre[];
}

@Controller()
export class LowerCentresController {
  constructor(
    private readonly rows: LowerCentres,
    private readonly followed: FollowedCentres,
  ) {}

  @Handles(listLowerCentres)
  list() {
    return readLowerCentres(this.rows, this.followed.centres);
  }
}
