/** What is used of an instance of mathjs. */

export interface Typed {
  (name: string, signatures: Record<string, unknown>): TypedFunction;
  (...functions: unknown[]): TypedFunction;
  addType(type: { name: string; test: (x: unknown) => boolean }): void;
  isTypedFunction(x: unknown): boolean;
}
export interface TypedFunction {
  (...args: any[]): any;
  readonly signatures: Readonly<Record<string, (...args: any[]) => any>>;
  rawArgs?: boolean;
}

type MatrixClass = new (data: object) => unknown;

/** A node of an expression, as functions that evaluate their arguments themselves are given it. */
export interface RawNode {
  compile(): { evaluate(scope: unknown): unknown };
}

export interface MathInstance {
  readonly typed: Typed;
  readonly expression: {
    readonly transform: Record<string, TypedFunction>;
    readonly mathWithTransform: Record<string, unknown>;
  };
  readonly DenseMatrix: MatrixClass;
  readonly SparseMatrix: MatrixClass;
  readonly IndexNode: {
    readonly prototype: {
      _compile(math: unknown, names: unknown): (scope: unknown, args: unknown, context: unknown) => unknown;
    };
  };
  complex(re: number, im: number): unknown;
  config(options?: object): { readonly relTol: number; readonly absTol: number; readonly predictable: boolean };
  import(functions: object, options?: object): void;
  [name: string]: any;
}
