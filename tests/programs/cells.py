"""Integers on grids: the game of life, a rule of cells in a row, a maze, a knapsack."""
import numpy as np

g = np.zeros((8, 8), np.uint8)
g[[0, 1, 2, 2, 2], [1, 2, 0, 1, 2]] = 1


def step(g):
    n = sum(np.roll(np.roll(g, i, 0), j, 1) for i in (-1, 0, 1) for j in (-1, 0, 1) if (i, j) != (0, 0))
    return ((n == 3) | (g.astype(bool) & (n == 2))).astype(np.uint8)


for _ in range(5):
    g = step(g)
print(g)
print('\n'.join(''.join('#' if c else '.' for c in row) for row in g[1:5]))
ys, xs = np.nonzero(g)
print(ys, xs, ys.mean(), xs.mean())

table = np.array([int(b) for b in np.binary_repr(30, 8)][::-1])
row = np.zeros(15, int)
row[7] = 1
for _ in range(5):
    print(''.join(np.where(row, '*', '.')))
    row = table[4 * np.roll(row, 1) + 2 * row + np.roll(row, -1)]

weights, values, room = np.array([1, 3, 4, 5]), np.array([1, 4, 5, 7]), 7
best = np.zeros((5, room + 1), int)
for i in range(1, 5):
    w = weights[i - 1]
    best[i] = best[i - 1]
    best[i, w:] = np.maximum(best[i - 1, w:], best[i - 1, :room + 1 - w] + values[i - 1])
print(best, best[-1, -1])

maze = np.array([list(line) for line in ("#######", "#S..#.#", "#.#...#", "#.#.#E#", "#######")])
start, end = np.argwhere(maze == 'S')[0], np.argwhere(maze == 'E')[0]
steps = np.full(maze.shape, -1)
steps[tuple(start)] = 0
queue = [tuple(start)]
while queue:
    y, x = queue.pop(0)
    for dy, dx in ((0, 1), (1, 0), (0, -1), (-1, 0)):
        if maze[y + dy, x + dx] != '#' and steps[y + dy, x + dx] < 0:
            steps[y + dy, x + dx] = steps[y, x] + 1
            queue.append((y + dy, x + dx))
print(steps)
print(start, end, steps[tuple(end)])
print(np.cumprod(np.arange(1, 21))[[4, 14, 19]], np.bitwise_xor.accumulate(np.array([255, 10, 127], np.uint8)))
