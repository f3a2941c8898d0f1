/** One file to fetch: the steps that prove and sign. */
import './confirm-signature.ts';
import './type-code.ts';
import './voucher-code.ts';
