/** The shapes of normalized events: as in the documentation's samples, or as the vendor's format does since 2025-08. */
export const PROFILES = ['2024-02', '2025-08'] as const;

/** One of the shapes of normalized events; they differ only in how `by user NAME:SESSION` is read. */
export type Profile = (typeof PROFILES)[number];

/** The profile of the documentation's samples. */
export const DEFAULT_PROFILE: Profile = '2024-02';
