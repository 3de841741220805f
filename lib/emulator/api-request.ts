/** A request, read to its end. */
export interface ApiRequest {
  readonly method: string;
  /** The address as the client wrote it, with the origin that it used. */
  readonly url: URL;
  readonly header: (name: string) => string | undefined;
  readonly body: string;
}
