// A reporter for jest that ends the run with one plain line, `N passed, N failed[, N skipped]`, and fails a run without tests.
import { writeSync } from 'node:fs';

export default class CountsReporter {
  #empty = false;

  onRunComplete(_contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
    const skipped = results.numPendingTests + results.numTodoTests;
    this.#empty = results.numPassedTests + results.numFailedTests === 0;
    const line = `${results.numPassedTests} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}\n`;
    // At exit, because jest prints its own summary after every reporter has been told.
    process.once('exit', () => writeSync(2, line));
  }

  getLastError() {
    return this.#empty ? new Error('no test ran') : undefined;
  }
}
