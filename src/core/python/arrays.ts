/** Operators of arrays that are elements of arrays, given by the operations, which stand above this file. */

let run: (name: string, operands: readonly unknown[]) => unknown = () => {
  throw new Error('no operations on arrays are registered');
};

export function setArrayOperation(f: typeof run): void {
  run = f;
}

/** What Python's operator, or a function of NumPy's, gives for operands of which some are arrays. */
export const arrayOperation = (name: string, ...operands: readonly unknown[]): unknown => run(name, operands);
