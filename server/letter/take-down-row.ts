/** A letter that whoever runs the host took off it, by days (YYYY-MM-DD, UTC). `number` counts from 1; one without `put_back_on` stands. */
export interface TakeDownRow {
	letter: string;
	number: number;
	slug: string;
	day: string;
	/** Because of a legal demand. */
	ordered: boolean;
	authority: string | null;
	/** Everything of the letter is erased here. */
	erased: boolean;
	put_back_on: string | null;
}
