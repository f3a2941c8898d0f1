import type { Draft } from '../../../shared/api/desk.ts';

/** Of the demo's released letter. */
export const TRANSLATIONS: Draft['translations'] = [
	{
		language: 'es',
		title: 'Nos negamos a ser cómplices',
		addressees: 'las direcciones generales y los consejos de administración de Northwind y Contoso',
		text: `Construimos los sistemas que esta empresa vende. Estamos orgullosos de la mayor parte de los usos que se les dan, y respondemos de todos ellos.

En enero la empresa dijo al público que su nube es «crítica» para la agencia que llevó a cabo la separación de niños de sus padres en la frontera.[1] El contrato vale 19,4 millones de dólares.[2] Nos lo han descrito como correo, calendarios y documentos. Ninguno de nosotros puede comprobarlo, y las familias tampoco.

Pedimos tres cosas:

1. Que se cancele el contrato.
2. Que se publique una norma que diga qué trabajo no hará la empresa, y quién lo decide.
3. Que quienes construyen un producto sepan para quién se construye, antes de construirlo.

Somos las personas cuyo trabajo hace posibles estos contratos. **Nos negamos a ser cómplices.**`,
		references: [
			'Blog de la empresa, «Federal agencies move to the cloud», 24 de enero.',
			'Registro público del contrato, https://procurement.example/records/19400',
		],
	},
];
