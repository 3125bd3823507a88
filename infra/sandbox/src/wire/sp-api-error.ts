import { AppError } from '@recoup/kernel';

/** The body of every refusal, whatever the operation. */
export interface ErrorBody {
  readonly errors: readonly {
    readonly code: string;
    readonly message: string;
    readonly details: string;
  }[];
}

/** An answer that refuses, as Amazon words it: a code, a message for people, and details. */
export class SpApiError extends AppError {
  readonly code = 'SP_API_ERROR';
  readonly status: number;
  readonly amazonCode: string;
  readonly details: string;

  constructor(
    status: number,
    amazonCode: string,
    { message, details = '' }: { message: string; details?: string },
  ) {
    super(message);
    this.status = status;
    this.amazonCode = amazonCode;
    this.details = details;
  }

  body(): ErrorBody {
    return { errors: [{ code: this.amazonCode, message: this.message, details: this.details }] };
  }
}

export function invalidInput(message: string, details = ''): SpApiError {
  return new SpApiError(400, 'InvalidInput', { message, details });
}

export function unauthorized(details: string): SpApiError {
  const message = 'Access to requested resource is denied.';
  return new SpApiError(403, 'Unauthorized', { message, details });
}

export function notFound(
  message = 'The resource specified by the request does not exist.',
): SpApiError {
  return new SpApiError(404, 'NotFound', { message });
}

export function quotaExceeded(): SpApiError {
  const message = 'You exceeded your quota for the requested resource.';
  return new SpApiError(429, 'QuotaExceeded', { message });
}

const MEANINGS: Readonly<Record<number, readonly [code: string, message: string]>> = {
  400: ['InvalidInput', 'Request has missing or invalid parameters and cannot be parsed.'],
  403: ['Unauthorized', 'Access to requested resource is denied.'],
  404: ['NotFound', 'The resource specified by the request does not exist.'],
  429: ['QuotaExceeded', 'You exceeded your quota for the requested resource.'],
  503: ['ServiceUnavailable', 'Service is temporarily unavailable. Please try again.'],
};

/** The error Amazon sends with a status; those it does not document look like its internal failure. */
export function errorOf(status: number): SpApiError {
  const [code, message] = MEANINGS[status] ?? [
    'InternalFailure',
    'We encountered an internal error. Please try again.',
  ];
  return new SpApiError(status, code, { message });
}
