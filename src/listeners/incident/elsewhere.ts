import type { ElsewherePress } from '../../slack/incident/actions/lookup.ts';
import type { InboundRunner } from '../door/inbound.ts';
import type { Listening } from '../door/listening.ts';
import type { Router } from '../door/router.ts';
import { listenToDeclareForm } from './declare-form.ts';
import { listenToPushpins } from './pushpin.ts';
import { listenToIncidentRollback } from './rollback-button.ts';

type Listen = (router: Router, listening: Listening, inbound: InboundRunner) => void;

/** Who listens to what is no form and not done at once; the compiler asks for each. */
export const ELSEWHERE: { readonly [Press in ElsewherePress]: Listen } = {
  'roll-back': listenToIncidentRollback,
  join: listenToDeclareForm,
  note: listenToPushpins,
};
