// Do not modify this file by hand!
// Re-generate it by `npm run words`.

import { str } from '../plain.ts';

import type { Localized as TemplateLike } from '../spoken.ts';

export const templates: Record<string, TemplateLike> = {
	s01ae3e7fb9ca7639: `\u202eNooboody\u202c \u202eiis\u202c \u202efoouund\u202c. \u202eNaamees\u202c \u202eaaree\u202c \u202ewriitteen\u202c \u202eaas\u202c \u202etheeiir\u202c \u202esiigneers\u202c \u202ewrootee\u202c \u202etheem\u202c.`,
	s05415de95d1734ba: str`\u202enuumbeer\u202c ${0}`,
	s14f0d1e6a026076a: `\u202eFeetchiing\u202c \u202ethee\u202c \u202enaamees\u202c`,
	s589c2abb45af6ad5: str`\u202eThee\u202c \u202efiirst\u202c \u202eseeaarch\u202c \u202efeetchees\u202c \u202eaall\u202c \u202enaamees\u202c, \u202eaat\u202c \u202emoost\u202c ${0}.`,
	s8ce7e874d4c93181: str`${0} \u202efoouund\u202c.`,
	s9102032216ddc410: `\u202eFiind\u202c \u202eaa\u202c \u202enaamee\u202c, \u202etiitlee\u202c \u202eoor\u202c \u202enuumbeer\u202c`,
	sa0e7eba066428edf: str`${0} \u202efoouund\u202c, \u202ethee\u202c \u202efiirst\u202c ${1} \u202eaaree\u202c \u202eshoown\u202c.`,
	safd6bc13f390295d: str`\u202eNoo\u202c \u202enaamee\u202c \u202estaands\u202c \u202ebeesiidee\u202c \u202enuumbeer\u202c ${0}. \u202eAnoonymoouus\u202c \u202esiignaatuurees\u202c \u202ehaavee\u202c \u202enuumbeers\u202c, \u202etoooo\u202c, \u202eaand\u202c \u202esoo\u202c \u202ehaavee\u202c \u202ethoosee\u202c \u202etaakeen\u202c \u202eooff\u202c \u202esiincee\u202c.`,
	sbb3beee2209e588c: `\u202eFeetchiing\u202c \u202ethee\u202c \u202enaamees\u202c.`,
	se13ad016463a815f: `\u202eFoouund\u202c`,
	sfe4a6efee788504e: `\u202eThee\u202c \u202enaamees\u202c \u202ecoouuld\u202c \u202enoot\u202c \u202ebee\u202c \u202efeetcheed\u202c. \u202eTypee\u202c \u202eaagaaiin\u202c \u202etoo\u202c \u202etry\u202c \u202eaagaaiin\u202c. \u202eAll\u202c \u202eoof\u202c \u202etheem\u202c \u202estaand\u202c \u202eoon\u202c \u202eoonee\u202c \u202epaagee\u202c, \u202etoooo\u202c: \u202eseeee\u202c \u202ethee\u202c \u202efoooot\u202c \u202eoof\u202c \u202ethee\u202c \u202eleetteer\u202c.`,
};
