import { join as definition } from '../../../domain/incident/actions/join.ts';
import { elsewhere } from './elsewhere.ts';

/** The form of a declaration does it, where it asks whether it is one that is open. */
export const join = elsewhere(definition, { button: null });
