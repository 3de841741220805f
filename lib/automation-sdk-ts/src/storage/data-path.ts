import type { HttpSettings } from '../context.js';
import type { Secret } from '../secret.js';

/** Where the platform lets a module keep what must survive a restart; `sub_folder` is part of either. */
export type DataPath = DataDirectory | DataBucket;

/** A directory, `/symphony_data` and below. */
export interface DataDirectory {
  readonly kind: 'directory';
  readonly path: string;
}

/** A bucket of an S3-compatible service: `file_backend` is `S3`. */
export interface DataBucket {
  readonly kind: 'bucket';
  readonly bucket: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: Secret;
  readonly sessionToken?: Secret;
  /** URL of a service other than AWS. */
  readonly endpoint?: string;
  /** The beginning of every object's name, without slashes at its ends; may be empty. */
  readonly folder: string;
  /** With the certificates that the bucket's service needs. */
  readonly http: HttpSettings;
}
