import { note as definition } from '../../../domain/incident/actions/note.ts';
import { elsewhere } from './elsewhere.ts';

/** A reaction does it: a pushpin on a message of the incident. */
export const note = elsewhere(definition, { button: null });
