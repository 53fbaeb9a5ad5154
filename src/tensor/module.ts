import { hidden } from '../core/inspect.js';
import { Variable } from './variable.js';

/** tf.Module: objects that hold variables, and objects like themselves. */

/**
 * A base for classes that hold variables: it finds them in the object's members, in lists and plain objects there, and in the modules among them.
 * @example
 * class Dense extends tf.Module {
 *   w = new tf.Variable([1, 2]);
 *   b = new tf.Variable([0], { trainable: false });
 * }
 * const d = new Dense();
 * [d.variables.length, d.trainable_variables.length] // → [ 2, 1 ]
 */
export class Module {
  constructor(name: string | null = null) {
    hidden(this, '_name', name ?? new.target.name.replace(/(?<=[a-z0-9])(?=[A-Z])/g, '_').toLowerCase());
  }
  get name(): string {
    return (this as unknown as { _name: string })._name;
  }

  /** Everything that members lead to, in order of their names. */
  private found(): { variables: Variable[]; modules: Module[] } {
    const variables = new Set<Variable>();
    const modules = new Set<Module>();
    const look = (x: unknown): void => {
      if (x instanceof Variable) variables.add(x);
      else if (x instanceof Module) {
        if (modules.has(x)) return;
        modules.add(x);
        for (const key of Object.keys(x).sort()) look((x as unknown as Record<string, unknown>)[key]);
      } else if (Array.isArray(x)) x.forEach(look);
      else if (x instanceof Map) x.forEach(look);
      else if (typeof x === 'object' && x !== null && Object.getPrototypeOf(x) === Object.prototype)
        Object.values(x).forEach(look);
    };
    look(this);
    modules.delete(this);
    return { variables: [...variables], modules: [...modules] };
  }
  get variables(): Variable[] {
    return this.found().variables;
  }
  get trainable_variables(): Variable[] {
    return this.variables.filter((v) => v.trainable);
  }
  get non_trainable_variables(): Variable[] {
    return this.variables.filter((v) => !v.trainable);
  }
  get submodules(): Module[] {
    return this.found().modules;
  }
  /** The function, bound to nothing: there are no scopes of names. */
  static with_name_scope<F>(method: F): F {
    return method;
  }
}
