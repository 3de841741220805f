/** JSON text that goes out as it stands: not parsed on its way, and no number of it rounded to what a double holds. */
export class JsonText {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}
