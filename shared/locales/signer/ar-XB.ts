// Do not modify this file by hand!
// Re-generate it by `npm run words`.

import { str } from '@lit/localize';

import type { TemplateLike } from '@lit/localize/internal/types.js';

export const templates: Record<string, TemplateLike> = {
	s114098c573b8084a: `\u202eAsk\u202c \u202ethee\u202c \u202epeersoon\u202c \u202ewhoo\u202c \u202egaavee\u202c \u202eyoouu\u202c \u202ethee\u202c \u202eliink\u202c, \u202efaacee\u202c \u202etoo\u202c \u202efaacee\u202c \u202eoor\u202c \u202eby\u202c \u202ephoonee\u202c, \u202eaand\u202c \u202eshoow\u202c \u202etheem\u202c \u202ethiis\u202c \u202epaagee\u202c. \u202eIt\u202c \u202emaay\u202c \u202ebee\u202c \u202eaa\u202c \u202emiistaakee\u202c, \u202esuuch\u202c \u202eaas\u202c \u202eaa\u202c \u202eliink\u202c \u202ethaat\u202c \u202ewaas\u202c \u202ecoopiieed\u202c \u202ewroongly\u202c. \u202eIt\u202c \u202emaay\u202c \u202eaalsoo\u202c \u202ebee\u202c \u202esoomeeboody\u202c \u202ewhoo\u202c \u202ewaants\u202c \u202etoo\u202c \u202eknoow\u202c \u202ewhoo\u202c \u202esiigns\u202c.`,
	s323d2ec4b6cefe56: `\u202eThee\u202c \u202eteext\u202c \u202eshoown\u202c \u202eheeree\u202c \u202eiis\u202c \u202enoot\u202c \u202ethee\u202c \u202eteext\u202c \u202ethaat\u202c \u202ethee\u202c \u202eoorgaaniizeers\u202c \u202eaagreeeed\u202c \u202eoon\u202c.`,
	s3fb1cacc6c7198c2: `\u202eSoomeethiing\u202c \u202eiin\u202c \u202ethiis\u202c \u202eleetteer\u202c \u202ewaas\u202c \u202echaangeed\u202c \u202ethaat\u202c \u202emuust\u202c \u202enoot\u202c \u202echaangee\u202c.`,
	s815e4eb9ebab1f4d: `\u202eYoouur\u202c \u202ebroowseer\u202c \u202estooppeed\u202c \u202ebeefooree\u202c \u202eiit\u202c \u202emaadee\u202c \u202eaanythiing\u202c \u202efoor\u202c \u202ethiis\u202c \u202eleetteer\u202c.`,
	s8a7a6128d447c7b6: `\u202eNoot\u202c \u202eaall\u202c \u202eoorgaaniizeers\u202c \u202eaagreeeed\u202c \u202etoo\u202c \u202ethiis\u202c \u202eleetteer\u202c \u202eaas\u202c \u202eiit\u202c \u202eiis\u202c \u202eshoown\u202c \u202eheeree\u202c.`,
	s9864ae5157b19342: `\u202eYoouur\u202c \u202ebroowseer\u202c \u202ehaas\u202c \u202ethroown\u202c \u202eaawaay\u202c \u202ewhaat\u202c \u202eiit\u202c \u202ehaad\u202c \u202ejuust\u202c \u202emaadee\u202c. \u202eDoo\u202c \u202enoot\u202c \u202etry\u202c \u202eaagaaiin\u202c.`,
	sdd842608c61c653e: `\u202eThiis\u202c \u202eiis\u202c \u202enoot\u202c \u202ethee\u202c \u202eleetteer\u202c \u202ethaat\u202c \u202eyoouur\u202c \u202eliink\u202c \u202eiis\u202c \u202efoor\u202c.`,
	se0fb6cea3c07357c: `\u202eStoop\u202c. \u202eDoo\u202c \u202enoot\u202c \u202esiign\u202c \u202eheeree\u202c.`,
	se1962bbb8f5f4903: `\u202eA\u202c \u202ekeey\u202c \u202eoof\u202c \u202ethiis\u202c \u202eleetteer\u202c \u202eiis\u202c \u202enoot\u202c \u202eaas\u202c \u202eiit\u202c \u202ehaas\u202c \u202etoo\u202c \u202ebee\u202c. \u202eIt\u202c \u202ecoouuld\u202c \u202ebee\u202c \u202euuseed\u202c \u202etoo\u202c \u202efiind\u202c \u202eoouut\u202c \u202ewhoo\u202c \u202eyoouu\u202c \u202eaaree\u202c.`,
	sfca00630371f2c4a: str`\u202eWhaat\u202c \u202ewaas\u202c \u202efoouund\u202c: ${0}`,
	sfe17c36da3b99f14: `\u202eThee\u202c \u202eseerveer\u202c \u202ediid\u202c \u202enoot\u202c \u202edoo\u202c \u202ewhaat\u202c \u202eiit\u202c \u202ehaas\u202c \u202etoo\u202c \u202edoo\u202c. \u202eIt\u202c \u202emaay\u202c \u202ebee\u202c \u202etryiing\u202c \u202etoo\u202c \u202efiind\u202c \u202eoouut\u202c \u202ewhoo\u202c \u202eyoouu\u202c \u202eaaree\u202c.`,
};
