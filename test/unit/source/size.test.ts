import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';

const files = readdirSync('src', { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map(({ parentPath, name }) => join(parentPath, name));
const lines = new Map(files.map((file) => [file, readFileSync(file, 'utf8').split('\n').length - 1]));
const sizes = [...lines.values()].sort((a, b) => a - b);

describe('a source file', () => {
  it('has under 60 lines in the median, and under 130 in nine of ten', () => {
    expect(sizes.length).toBeGreaterThan(200);
    expect(sizes[Math.floor(sizes.length / 2)]).toBeLessThan(60);
    expect(sizes[Math.floor(sizes.length * 0.9)]).toBeLessThan(130);
  });

  it('has at most 250 lines', () => {
    expect([...lines].filter(([, length]) => length > 250)).toEqual([]);
  });

  it('has at most 19 others beside it in its folder', () => {
    const folders = [...new Set(files.map((file) => dirname(file)))];
    const beside = (folder: string) => files.filter((file) => dirname(file) === folder).length;
    expect(folders.filter((folder) => beside(folder) > 20)).toEqual([]);
  });
});
