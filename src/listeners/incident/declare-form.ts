import type { Incident } from '../../domain/incident/incident.ts';
import { similarIncidents } from '../../domain/incident/similar.ts';
import { actOnIncident } from '../../engine/incident/act.ts';
import { declareIncident } from '../../engine/incident/declare.ts';
import { toIso } from '../../engine/ports/clock.ts';
import { openIncidents } from '../../engine/streams/open-incidents.ts';
import { maybeKnownForm } from '../../slack/incident/forms/maybe-known.ts';
import { type DeclareForm, parseDeclareForm } from '../../slack/incident/forms/parse-declare.ts';
import { linkToIncident } from '../../slack/incident/thread.ts';
import { VIEW } from '../../slack/kit/ids.ts';
import { channelRef, escapeText, linkTo, slackDate } from '../../slack/kit/text.ts';
import type { FormOutcome } from '../door/answer-submission.ts';
import { explainRefusal, refusedForm } from '../door/explain-refusal.ts';
import type { Handling, InboundRunner } from '../door/inbound.ts';
import type { Listening } from '../door/listening.ts';
import type { Router } from '../door/router.ts';
import { listenToView } from '../door/view-submission.ts';

/** The declaration was sent: declare, unless it may be one that is open; that is asked first, and joined if it is. */
export function listenToDeclareForm(router: Router, listening: Listening, inbound: InboundRunner): void {
  const form = {
    callback: VIEW.declareForm,
    title: 'Declare an incident',
    parse: (view: unknown) => parseDeclareForm(view, listening.clock.now()),
  };
  listenToView(router, listening, inbound, form, (sent, handling) =>
    sent.known === null ? declare(sent, handling) : join(sent, sent.known, handling),
  );
}

async function declare(form: DeclareForm, handling: Handling): Promise<FormOutcome> {
  const { declaration, asked } = form;
  const answer = await declareIncident(handling.listening, { ...declaration, person: handling.person });
  if (answer.kind === 'refused') return refusedForm(answer.refusal, handling);
  if (answer.kind === 'maybe-known') return ask(form, { alike: answer.alike }, handling);
  const { id, severity, updateDueAt } = answer.incident;
  const { incidents } = handling.team.channels;
  const where = channelRef(incidents);
  const text = `*${id}* is declared as ${severity}. Its card is in ${where}, and everything else goes into the thread under it.${updateDueAt === null ? '' : ` The first update is due ${slackDate(updateDueAt)}.`}`;
  // Where it was declared from a message, a line under that points to the card.
  const isShown = asked === incidents || declaration.source !== null;
  return { kind: 'done', text, ...(isShown ? {} : { asked: { channel: asked } }) };
}

/** Judged as it is by now: what is over by then can't be joined, and what was typed is kept for a declaration. */
async function join(form: DeclareForm, incident: string, handling: Handling): Promise<FormOutcome> {
  const { listening, person, team } = handling;
  const { title, severity, services, impact, source } = form.declaration;
  const command = { press: 'join', title, severity, services, impact, source } as const;
  const answer = await actOnIncident(listening, { incident, person, command });
  if (answer.kind === 'refused') {
    const now = toIso(listening.clock.now());
    const alike = similarIncidents(form.declaration, await openIncidents(listening), { now, team });
    const notice = `:warning: ${escapeText(incident)} was not joined. ${explainRefusal(answer.refusal, handling)}`;
    return ask(form, { alike, notice }, handling);
  }
  const link = await linkToIncident(listening, incident);
  const where = link ? linkTo(link, 'its thread') : `its thread in ${channelRef(team.channels.incidents)}`;
  const text = `You have joined *${escapeText(incident)}*. What you typed is in ${where}.`;
  return { kind: 'done', text, asked: { channel: form.asked } };
}

function ask(
  { sent, declaration: { severity } }: DeclareForm,
  { alike, notice }: { readonly alike: readonly Incident[]; readonly notice?: string },
  { listening }: Handling,
): FormOutcome {
  const now = listening.clock.now();
  const view = maybeKnownForm(sent, { alike, severity, now, ...(notice === undefined ? {} : { notice }) });
  if (view !== undefined) return { kind: 'next', view };
  const named = alike.map(({ id }) => id).join(', ');
  return { kind: 'refused', text: `:warning: Nothing was declared: it may be ${named} already.` };
}
