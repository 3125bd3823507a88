import { AppError } from '@recoup/kernel';

/** Others have waited for a worker long enough: this sync makes room and goes on when it is its turn again. */
export class TurnOver extends AppError {
  readonly code = 'TURN_OVER';

  constructor() {
    super('other syncs have waited for a worker long enough');
  }
}
