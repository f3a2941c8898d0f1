/** What signatures cost the server in cryptography alone: blind-signed, verified, attested and verified again, one after the other. docs/protocol.md, sections 4 to 6. */
import { constants, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { parentPort, workerData } from 'node:worker_threads';
import { signRaw } from '../../../server/credential/raw-rsa.ts';

const { count }: { count: number } = workerData;
const issuer = generateKeyPairSync('rsa', { modulusLength: 3072 }).privateKey;
const attester = generateKeyPairSync('ed25519');
const signer = generateKeyPairSync('ed25519');
const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 48 };
const open = createPublicKey(issuer);
const message = new Uint8Array(384).fill(7);
message[0] = 0;
const statement = Buffer.alloc(700, 7);
const authenticator = sign(null, statement, signer.privateKey);
const credential = sign('sha384', message, { key: issuer, ...pss });

parentPort?.once('message', () => {
	for (let done = 0; done < count; done++) {
		const attestation = sign(null, statement, attester.privateKey);
		const holds =
			signRaw(issuer, message) !== null &&
			verify('sha384', message, { key: open, ...pss }, credential) &&
			verify(null, statement, signer.publicKey, authenticator) &&
			verify(null, statement, attester.publicKey, attestation);
		if (!holds) throw new Error('This does not hold.');
	}
	parentPort?.postMessage('done');
});
parentPort?.postMessage('ready');
