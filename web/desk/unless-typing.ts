import { noChange } from 'lit';
import { live } from 'lit/directives/live.js';

/**
 * `.value` of an input whose text is no value before it is whole, as a date is, or a number of two digits: what was saved, but never over what is being typed. The desk is drawn
 * anew every few seconds, whatever it shows.
 */
export const unlessTyping = (id: string, saved: string) => (document.activeElement?.id === id ? noChange : live(saved));
