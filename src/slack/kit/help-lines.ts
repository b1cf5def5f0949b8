/** A line of help: a command as it is typed, and what it does. */
export type HelpLine = { readonly command: string; readonly does: string };

/** mrkdwn, a line each. */
export const helpLines = (lines: readonly HelpLine[]): readonly string[] =>
  lines.map(({ command, does }) => `\`${command}\` ${does}`);
