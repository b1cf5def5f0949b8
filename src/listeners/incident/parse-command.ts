/** What somebody typed after `/incident`, or after mentioning the bot with "incident". */
export type IncidentCommandLine =
  | { readonly kind: 'declare' }
  | { readonly kind: 'list' }
  | { readonly kind: 'show' | 'timeline'; readonly incident?: string }
  | { readonly kind: IncidentFormWord; readonly incident?: string }
  /** `unknown` is the word that is no command. */
  | { readonly kind: 'help'; readonly unknown?: string };

/** Commands that are answered with a form. */
const FORM_WORDS = ['update', 'severity', 'resolve', 'reopen'] as const;
type IncidentFormWord = (typeof FORM_WORDS)[number];

/** Parses `/incident` text. A word that is no command leads to help. */
export function parseIncidentCommand(text: string): IncidentCommandLine {
  const [word = '', id] = text.trim().split(/\s+/);
  const command = word.toLowerCase();
  const about = id === undefined ? {} : { incident: incidentId(id) };
  const form = FORM_WORDS.find((known) => known === command);
  if (form !== undefined) return { kind: form, ...about };
  switch (command) {
    case '':
    case 'declare':
      return { kind: 'declare' };
    case 'list':
      return { kind: 'list' };
    case 'show':
    case 'timeline':
      return { kind: command, ...about };
    case 'help':
      return { kind: 'help' };
    default:
      return { kind: 'help', unknown: word };
  }
}

/** "inc-12", "12" and "INC-12" all mean INC-12. */
const incidentId = (text: string): string => (/^\d+$/.test(text) ? `INC-${text}` : text.toUpperCase());
