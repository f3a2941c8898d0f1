/** A signer who does everything in one go, over HTTP with the client protocol of shared/client, as the signing pages do it. */
import { readInviteLink } from '../../../shared/client/invite-link.ts';
import { memoryKeep } from '../../../shared/client/keep.ts';
import { Signer } from '../../../shared/client/signer.ts';
import type { Appearance } from '../../../shared/client/signer-record.ts';
import { httpCall } from './http-call.ts';
import type { World } from './world.ts';

/** Opens an invite link as somebody who has never seen it. @throws Fault where the charter is not the link's */
export async function openInvite(world: World, invite: string): Promise<Signer> {
	const at = readInviteLink(invite);
	if (at === null) throw new Error(`This is no invite link: ${invite}`);
	const signer = new Signer({ call: httpCall(world.origin), keep: memoryKeep(), now: () => world.now() });
	await signer.open(at.link, at.root);
	return signer;
}

/** How somebody proves: with a work address, whose mail the world reads, or with a voucher. */
export type Proof = { address: string } | { voucher: string };

/** From the invite link to the signature. @returns the signer, for what comes later */
export async function signLetter(world: World, invite: string, appear: Appearance, proof: Proof): Promise<Signer> {
	const signer = await openInvite(world, invite);
	await signer.appear(appear);
	if ('voucher' in proof) await signer.proveByVoucher(proof.voucher);
	else {
		await signer.askForCode(proof.address);
		await signer.proveByCode(await world.code(proof.address));
	}
	await signer.sign();
	return signer;
}
