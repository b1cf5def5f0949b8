const BEGINS = /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/;
const ENDS = /-----END [A-Z0-9 ]*PRIVATE KEY-----/;
const INSIDE = /^(?:[A-Za-z0-9+/=]*|[A-Za-z-]+: .*)$/;

/**
 * Makes a function that passes lines on and leaves out (undefined) those inside a private key. The first line of the
 * key is passed on for the redactor, which sees only one line at a time.
 */
export function createKeyFilter(): (line: string) => string | undefined {
  let inside = false;
  return (line) => {
    if (inside && ENDS.test(line)) {
      inside = false;
      return undefined;
    }
    if (inside && INSIDE.test(line.trim())) return undefined;
    inside = BEGINS.test(line) && !ENDS.test(line);
    return line;
  };
}
