import { stripVTControlCharacters } from 'node:util';
import type { Redactor } from '../../engine/redact.ts';
import { createKeyFilter } from './private-key-lines.ts';

/** Longest incomplete line that is held back, in characters, and how much of it stays when it is cut. */
const LONGEST_LINE = 16_384;
const HELD_BACK = 2_048;
const CUT_STEP = 256;

/**
 * Turns a command's raw output into text fit to be read: whole lines, without colours and cursor movements, of a
 * line overwritten by carriage returns only the last state, secrets redacted. Pieces may be cut anywhere.
 */
export function cleanOutput({
  redact,
  emit,
}: {
  readonly redact: Redactor;
  readonly emit: (text: string) => void;
}): { readonly write: (piece: string) => void; readonly end: () => void } {
  const hideKeys = createKeyFilter();
  let rest = '';

  const clean = (line: string): readonly string[] => {
    const text = hideKeys(lastState(stripVTControlCharacters(line)));
    return text === undefined ? [] : [redact(text)];
  };
  const emitText = (text: string): void => {
    if (text !== '') emit(text);
  };

  return {
    write(piece) {
      const lines = (rest + piece).split('\n');
      rest = dropOverwritten(lines.pop() ?? '');
      emitText(
        lines
          .flatMap(clean)
          .map((line) => `${line}\n`)
          .join(''),
      );
      if (rest.length <= LONGEST_LINE) return;
      const cut = whereToCut(rest, redact);
      emitText(clean(rest.slice(0, cut)).join(''));
      rest = rest.slice(cut);
    },
    end() {
      emitText(clean(rest).join(''));
      rest = '';
    },
  };
}

/** A place in a long line that does not divide a secret: redacting both parts gives the same as the whole. */
function whereToCut(line: string, redact: Redactor): number {
  const whole = redact(line);
  for (let cut = line.length - HELD_BACK; cut > 0; cut -= CUT_STEP) {
    if (redact(line.slice(0, cut)) + redact(line.slice(cut)) === whole) return cut;
  }
  return line.length;
}

/** Of an incomplete line, what the last carriage return left to see; one at the end may belong to a line end. */
const dropOverwritten = (line: string): string => line.slice(line.slice(0, -1).lastIndexOf('\r') + 1);

/** Control characters but the tabulator, which would otherwise act on whoever reads the text. */
const CONTROL = /[^\P{Cc}\t]/gu;

function lastState(line: string): string {
  const states = line.split('\r').filter((state) => state !== '');
  return (states.at(-1) ?? '').replace(CONTROL, '');
}
