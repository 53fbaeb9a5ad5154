import type { Philox } from './philox.js';

/** Numbers in double precision one at a time, for what is drawn by rejection. */

/** 52 bits of two words as a fraction in [0, 1). */
export const double = (a: number, b: number): number => ((a & 0xfffff) * 0x100000000 + b) / 2 ** 52;

/** Two normals by the method of Box and Muller. */
function normalPair(a: number, b: number, c: number, d: number): [number, number] {
  const u = Math.max(double(a, b), 1e-7);
  const angle = 2 * Math.PI * double(c, d);
  const radius = Math.sqrt(-2 * Math.log(u));
  return [Math.sin(angle) * radius, Math.cos(angle) * radius];
}

/** Uniform and normal numbers, two at a time, the second of each two first. */
export class Doubles {
  private readonly uniform: number[] = [];
  private readonly normal: number[] = [];
  constructor(private readonly source: Philox) {}
  nextUniform(): number {
    if (this.uniform.length === 0) {
      const w = this.source.words(4);
      this.uniform.push(double(w[0], w[1]), double(w[2], w[3]));
    }
    return this.uniform.pop() as number;
  }
  nextNormal(): number {
    if (this.normal.length === 0) {
      const w = this.source.words(4);
      this.normal.push(...normalPair(w[0], w[1], w[2], w[3]));
    }
    return this.normal.pop() as number;
  }
}
