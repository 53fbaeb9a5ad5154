/** Choices that TensorFlow names by classes: each is the text that stands for it in keywords. */

/** How a variable's copies on several devices are put together: there is one copy here. */
export const VariableAggregation: {
  readonly NONE: 'none';
  readonly SUM: 'sum';
  readonly MEAN: 'mean';
  readonly ONLY_FIRST_REPLICA: 'only_first_replica';
} = { NONE: 'none', SUM: 'sum', MEAN: 'mean', ONLY_FIRST_REPLICA: 'only_first_replica' };
/** When a variable's copies are put together: there is one copy here. */
export const VariableSynchronization: {
  readonly AUTO: 'auto';
  readonly NONE: 'none';
  readonly ON_WRITE: 'on_write';
  readonly ON_READ: 'on_read';
} = { AUTO: 'auto', NONE: 'none', ON_WRITE: 'on_write', ON_READ: 'on_read' };
