/** Delivery to the addressees, as organizers' browsers and the server speak of it. */
import * as v from 'valibot';
import { LIMITS } from '../limits.ts';
import { text } from './shapes.ts';

/** Addresses in their order, as they are in the hash of the release's terms. In a draft they may still be wrong. */
export const deliveriesShape = v.pipe(v.array(text(LIMITS.address)), v.maxLength(LIMITS.deliveries));

export const DELIVERY_STATES = ['waiting', 'sending', 'sent', 'refused', 'unknown'] as const;
/** `unknown`: handed over when something broke off, so that it may have gone out; it is never sent again. */
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** Of a scheduled or released letter. */
export const deliveryView = v.strictObject({ address: v.string(), state: v.picklist(DELIVERY_STATES) });
export type DeliveryView = v.InferOutput<typeof deliveryView>;
