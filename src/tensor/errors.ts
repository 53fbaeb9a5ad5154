import { OpError, TypeError } from '../core/errors.js';

/** tf.errors: the kinds of errors of operations, as TensorFlow names and numbers them. */

export { InvalidArgumentError, OpError } from '../core/errors.js';

/** An operation was cancelled. */
export class CancelledError extends OpError {
  static override readonly pyName: string = 'CancelledError';
  static override readonly code: number = 1;
}
/** An operation failed for a reason that is not known. */
export class UnknownError extends OpError {
  static override readonly pyName: string = 'UnknownError';
}
/** An operation took longer than it was given. */
export class DeadlineExceededError extends OpError {
  static override readonly pyName: string = 'DeadlineExceededError';
  static override readonly code: number = 4;
}
/** What was asked for, such as a file, is not there. */
export class NotFoundError extends OpError {
  static override readonly pyName: string = 'NotFoundError';
  static override readonly code: number = 5;
}
/** What was to be made is there already. */
export class AlreadyExistsError extends OpError {
  static override readonly pyName: string = 'AlreadyExistsError';
  static override readonly code: number = 6;
}
/** The caller may not do this. */
export class PermissionDeniedError extends OpError {
  static override readonly pyName: string = 'PermissionDeniedError';
  static override readonly code: number = 7;
}
/** Something has run out, such as memory. */
export class ResourceExhaustedError extends OpError {
  static override readonly pyName: string = 'ResourceExhaustedError';
  static override readonly code: number = 8;
}
/** The system is not in the state that the operation needs. */
export class FailedPreconditionError extends OpError {
  static override readonly pyName: string = 'FailedPreconditionError';
  static override readonly code: number = 9;
}
/** An operation was given up, as for a conflict with another one. */
export class AbortedError extends OpError {
  static override readonly pyName: string = 'AbortedError';
  static override readonly code: number = 10;
}
/** An operation went past the end, as of a dataset. */
export class OutOfRangeError extends OpError {
  static override readonly pyName: string = 'OutOfRangeError';
  static override readonly code: number = 11;
}
/** An operation is not there for these dtypes or on this device. */
export class UnimplementedError extends OpError {
  static override readonly pyName: string = 'UnimplementedError';
  static override readonly code: number = 12;
}
/** Something that always holds did not. */
export class InternalError extends OpError {
  static override readonly pyName: string = 'InternalError';
  static override readonly code: number = 13;
}
/** A service is not there for now. */
export class UnavailableError extends OpError {
  static override readonly pyName: string = 'UnavailableError';
  static override readonly code: number = 14;
}
/** Data is lost or damaged. */
export class DataLossError extends OpError {
  static override readonly pyName: string = 'DataLossError';
  static override readonly code: number = 15;
}
/** The caller has not said who it is. */
export class UnauthenticatedError extends OpError {
  static override readonly pyName: string = 'UnauthenticatedError';
  static override readonly code: number = 16;
}

export const OK: number = 0;
export const CANCELLED: number = 1;
export const UNKNOWN: number = 2;
export const INVALID_ARGUMENT: number = 3;
export const DEADLINE_EXCEEDED: number = 4;
export const NOT_FOUND: number = 5;
export const ALREADY_EXISTS: number = 6;
export const PERMISSION_DENIED: number = 7;
export const RESOURCE_EXHAUSTED: number = 8;
export const FAILED_PRECONDITION: number = 9;
export const ABORTED: number = 10;
export const OUT_OF_RANGE: number = 11;
export const UNIMPLEMENTED: number = 12;
export const INTERNAL: number = 13;
export const UNAVAILABLE: number = 14;
export const DATA_LOSS: number = 15;
export const UNAUTHENTICATED: number = 16;
/** A tensor of a traced function was used where JavaScript wants a value. */
export class OperatorNotAllowedInGraphError extends TypeError {
  static override readonly pyName: string = 'OperatorNotAllowedInGraphError';
}
