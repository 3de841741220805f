declare module 's3rver' {
  import type { IncomingMessage, ServerResponse } from 'node:http';
  import type { Readable } from 'node:stream';

  export default class S3rver {
    constructor(options: {
      readonly directory: string;
      readonly silent: boolean;
      readonly configureBuckets: readonly { readonly name: string }[];
    });
    readonly store: {
      putObject(object: StoredObject): Promise<{ readonly size: number; readonly md5: string }>;
      putMetadata(bucket: string, key: string, metadata: unknown, md5: string): Promise<void>;
      getResourcePath(bucket: string, key: string, resource: 'object'): string;
      getMetadata(bucket: string, key: string): Promise<{ readonly etag: string } | undefined>;
      listObjects(
        bucket: string,
        options: { readonly prefix: string; readonly startAfter: string; readonly maxKeys: number },
      ): Promise<{ readonly objects: readonly { readonly key: string }[]; readonly isTruncated: boolean }>;
    };
    configureBuckets(): Promise<void>;
    callback(): (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  }

  export interface StoredObject {
    readonly bucket: string;
    readonly key: string;
    readonly content: Readable;
    readonly metadata: unknown;
  }
}
