import type { z } from 'zod';
import type {
  CommandPress,
  IncidentCommand,
  IncidentPress,
} from '../../../domain/incident/actions/commands.ts';
import type { Incident } from '../../../domain/incident/incident.ts';
import type { Run } from '../../../domain/run/run.ts';
import type { Severity } from '../../../domain/severity.ts';
import type { Team } from '../../../domain/team/team.ts';
import type { ButtonLook, Modal } from '../../kit/block-kit.ts';
import type { ParsedForm } from '../../kit/parsed-form.ts';
import type { IncidentOrder } from '../forms/order.ts';

/** A button that is the same wherever it stands. */
export type ActionButton = Pick<ButtonLook, 'text' | 'style'> & {
  /** What is other than that while the incident stands so. */
  readonly look?: (incident: Incident) => Partial<ButtonLook>;
  /** What it carries beside the incident's id. */
  readonly carries?: (incident: Incident) => Readonly<Record<string, string>>;
  /** When it stands on the card; and when it is among the few that are seen there at once. */
  readonly onCard: {
    readonly when: (incident: Incident) => boolean;
    readonly seen?: (incident: Incident) => boolean;
  };
};

/** What a form shows beside the incident: who opened it, and the incident's runs as far as they are known. */
export type FormContext = {
  readonly team: Pick<Team, 'severities'>;
  readonly person: { readonly id: string };
  readonly runs: readonly Run[];
  /** What they chose before. */
  readonly severity?: Severity;
};

/** An action whose button asks for more first. */
export type FormAction<Press extends CommandPress = CommandPress> = {
  readonly kind: 'form';
  readonly press: Press;
  readonly button: ActionButton;
  /** What its button says where it stands alone, offering the form. */
  readonly offer: string;
  /** Above what came of it. */
  readonly title: string;
  readonly view: (incident: Incident, context: FormContext) => Modal;
  /** Throws for a view that is none of ours. */
  readonly parse: (view: unknown) => ParsedForm<IncidentOrder>;
  /** What came of the command, the incident being as it is then (mrkdwn). */
  readonly outcome: (incident: Incident, command: IncidentCommand) => string;
};

/** An action whose button does at once what it says. */
export type AtOnceAction<
  Press extends CommandPress = CommandPress,
  Button extends ActionButton | null = ActionButton | null,
> = {
  readonly kind: 'at-once';
  readonly press: Press;
  readonly button: Button;
  /** What the button's value asks for. */
  readonly order: z.ZodType<IncidentOrder>;
};

/** What has a listener of its own: it leads elsewhere, or comes another way than by a button. */
export type ActionElsewhere<
  Press extends IncidentPress = IncidentPress,
  Button extends ActionButton | null = ActionButton | null,
> = { readonly kind: 'elsewhere'; readonly press: Press; readonly button: Button };

/** How something that is pressed on an incident looks in Slack. */
export type SlackAction = FormAction | AtOnceAction | ActionElsewhere;
