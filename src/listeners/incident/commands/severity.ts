import { refuse } from '../../../domain/refusal.ts';
import { Severity } from '../../../domain/severity.ts';
import { typedName } from '../../../domain/typed-name.ts';
import { formCommand } from './form-command.ts';

/** "P1 only a few are hit"; without a reason the form asks for it. */
export const severity = formCommand({
  word: 'severity',
  text: 'SEVERITY REASON',
  form: 'change-severity',
  does: 'make it more or less severe',
  fromText: async (text) => {
    const [first = '', ...reason] = text.split(' ');
    const to = Severity.safeParse(typedName(first).toUpperCase()).data;
    if (to === undefined)
      return refuse({ reason: 'unknown-severity', severity: first, known: Severity.options });
    return reason.length === 0
      ? { kind: 'form', prefill: { severity: to } }
      : { kind: 'command', command: { press: 'change-severity', to, reason: reason.join(' ') } };
  },
});
