// Do not modify this file by hand!
// Re-generate it by `npm run words`.

import { html } from '../plain.ts';

import type { Localized as TemplateLike } from '../spoken.ts';

export const templates: Record<string, TemplateLike> = {
	h0f5c058011509a9b: html`\u202eIf\u202c \u202eyoouu\u202c \u202ekeept\u202c \u202ewoords\u202c \u202eoon\u202c \u202epaapeer\u202c \u202efoor\u202c \u202eiit\u202c, \u202eyoouu\u202c \u202ecaan\u202c \u202ethroow\u202c \u202etheem\u202c \u202eaawaay\u202c. \u202eIf\u202c \u202eyoouu\u202c \u202esiigneed\u202c \u202eiin\u202c \u202ethiis\u202c \u202ebroowseer\u202c, \u202eiit\u202c \u202estiill\u202c \u202ehoolds\u202c \u202eyoouur\u202c \u202ekeey\u202c: <a href="/s">\u202eleet\u202c \u202eiit\u202c \u202efoorgeet\u202c \u202ethee\u202c \u202eleetteer\u202c</a>.`,
	s094ce7938e630a74: `\u202eThiis\u202c \u202eleetteer\u202c \u202ewaas\u202c \u202egiiveen\u202c \u202euup\u202c`,
	s099745804fb2d1b2: `\u202eReeaad\u202c \u202ethee\u202c \u202eleetteer\u202c`,
	s20a34ebf2790afbc: `\u202eIt\u202c \u202ewaas\u202c \u202enoot\u202c \u202ereeleeaaseed\u202c, \u202eaand\u202c \u202eiit\u202c \u202ewiill\u202c \u202enoot\u202c \u202ebee\u202c. \u202eEveery\u202c \u202esiignaatuuree\u202c, \u202eeeveery\u202c \u202enaamee\u202c \u202eaand\u202c \u202ethee\u202c \u202eleetteer\u202c \u202eiitseelf\u202c \u202eweeree\u202c \u202eeeraaseed\u202c \u202eheeree\u202c.`,
	s47984ac0ee442da4: `\u202eThee\u202c \u202eseeaal\u202c \u202eiis\u202c \u202ebrookeen\u202c, \u202eaand\u202c \u202ethee\u202c \u202enaamees\u202c \u202ethaat\u202c \u202eweeree\u202c \u202eaapprooveed\u202c \u202eaaree\u202c \u202epuubliic\u202c.`,
	s4c82a3edc18502ef: `\u202eIf\u202c \u202eyoouu\u202c \u202ehaavee\u202c \u202esiigneed\u202c \u202eaalreeaady\u202c, \u202enoothiing\u202c \u202ehaappeens\u202c \u202etoo\u202c \u202eyoouur\u202c \u202esiignaatuuree\u202c.`,
	s6b8bf4d4e1820548: `\u202eIt\u202c \u202emaay\u202c \u202ehaavee\u202c \u202ebeeeen\u202c \u202ecoopiieed\u202c \u202eoonly\u202c \u202eiin\u202c \u202epaart\u202c, \u202eoor\u202c \u202ereeplaaceed\u202c \u202eby\u202c \u202eaa\u202c \u202eneew\u202c \u202eoonee\u202c. \u202eAsk\u202c \u202ethee\u202c \u202epeersoon\u202c \u202ewhoo\u202c \u202egaavee\u202c \u202eiit\u202c \u202etoo\u202c \u202eyoouu\u202c \u202efoor\u202c \u202ethee\u202c \u202eliink\u202c \u202eaas\u202c \u202eiit\u202c \u202eiis\u202c \u202enoow\u202c.`,
	s6f392701632db540: `\u202eThiis\u202c \u202eleetteer\u202c \u202eiis\u202c \u202ereeleeaaseed\u202c`,
	saafe05dd84eb5d52: `\u202eThiis\u202c \u202eliink\u202c \u202eleeaads\u202c \u202enoowheeree\u202c`,
	sb76d6140e65a67fc: `\u202eA\u202c \u202eleetteer\u202c`,
	sc1e1f973d0ac2316: `\u202eIf\u202c \u202eyoouu\u202c \u202esiigneed\u202c \u202eaand\u202c \u202ewaant\u202c \u202etoo\u202c \u202etaakee\u202c \u202eyoouur\u202c \u202enaamee\u202c \u202eooff\u202c, \u202eoopeen\u202c \u202ethiis\u202c \u202epaagee\u202c \u202ewiith\u202c \u202eJaavaaScriipt\u202c \u202eoon\u202c.`,
	scb094b4d570d134d: `\u202eSeeee\u202c \u202ewheeree\u202c \u202eiit\u202c \u202estaands\u202c`,
	scc25b9ee5a8c7240: `\u202eToo\u202c \u202ethee\u202c \u202ebeegiinniing\u202c`,
	sfa140d5aa230ad10: `\u202eNoothiing\u202c \u202eheeree\u202c`,
};
