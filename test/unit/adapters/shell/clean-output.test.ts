import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanOutput } from '../../../../src/adapters/shell/clean-output.ts';
import { createRedactor } from '../../../../src/engine/redact.ts';

const SECRET = 'correct-horse-battery';

function clean(...pieces: readonly string[]): string {
  const emitted: string[] = [];
  const output = cleanOutput({
    redact: createRedactor({ secrets: [SECRET] }),
    emit: (text) => emitted.push(text),
  });
  for (const piece of pieces) output.write(piece);
  output.end();
  return emitted.join('');
}

describe('cleanOutput', () => {
  it('redacts a secret wherever the pieces are cut', () => {
    const text = `one ${SECRET} two\nthree ${SECRET}`;
    for (let cut = 0; cut <= text.length; cut += 1)
      expect(clean(text.slice(0, cut), text.slice(cut))).toBe('one [redacted] two\nthree [redacted]');
  });

  it('emits whole lines as soon as they are complete', () => {
    const emitted: string[] = [];
    const output = cleanOutput({ redact: (text) => text, emit: (text) => emitted.push(text) });
    output.write('one\ntwo\nthr');
    expect(emitted).toEqual(['one\ntwo\n']);
    output.write('ee\n');
    expect(emitted).toEqual(['one\ntwo\n', 'three\n']);
  });

  it('strips colours, also those that divide a secret', () => {
    expect(clean('\u001b[1;31mred\u001b[0m correct-\u001b[1mhorse-battery\n')).toBe('red [redacted]\n');
    expect(clean('split \u001b', '[32mgreen\u001b[', '0m\n')).toBe('split green\n');
  });

  it('shows of an overwritten line its last state', () => {
    expect(clean('10%\r', '20%\r100%', '\ndone\r\n', 'next\n')).toBe('100%\ndone\nnext\n');
  });

  it('drops other control characters and keeps tabulators', () => {
    expect(clean('a\u0007b\u0000c\td\u0008\n')).toBe('abc\td\n');
  });

  it('hides every line of a private key and goes on after it', () => {
    const key = [
      '-----BEGIN PRIVATE KEY-----',
      'MIIEvQIBADANBg',
      'kqhkiG9w0BAQ==',
      '-----END PRIVATE KEY-----',
    ];
    expect(clean(`a\n${key.join('\n')}\nb c\n`)).toBe('a\n[redacted]\nb c\n');
    expect(clean(`${key.slice(0, 2).join('\n')}\nwith spaces, so no key\n`)).toBe(
      '[redacted]\nwith spaces, so no key\n',
    );
  });

  it('holds back a bounded part of an endless line, and cuts no secret in two', () => {
    for (const before of [14_942, 16_990]) {
      const text = `${'x'.repeat(before)}${SECRET}${'y'.repeat(30_000)}`;
      const pieces = text.match(/.{1,1000}/g) ?? [];
      const cleaned = clean(...pieces);
      expect(cleaned).toBe(text.replace(SECRET, '[redacted]'));
    }
    const emitted: string[] = [];
    cleanOutput({ redact: (text) => text, emit: (text) => emitted.push(text) }).write('x'.repeat(50_000));
    expect(emitted.join('').length).toBeGreaterThan(40_000);
  });

  it('loses and invents nothing of plain text, however it is cut', () => {
    const word = fc.stringMatching(/^[a-z ]{0,20}$/);
    fc.assert(
      fc.property(fc.array(word), fc.array(fc.nat(200)), (lines, cuts) => {
        const text = lines.join('\n');
        const edges = [
          0,
          ...cuts.map((cut) => Math.min(cut, text.length)).sort((a, b) => a - b),
          text.length,
        ];
        const pieces = edges.slice(1).map((edge, index) => text.slice(edges[index], edge));
        expect(clean(...pieces)).toBe(text);
      }),
    );
  });
});
