/** Where everything lies: the memory never grows. */

/** Whoever calls puts bytes of a page here, as many as there is room for, and a block of zeros behind their end. */
export const windowBytes: i32 = 256 * 1024;
export const windowStart: usize = memory.data(256 * 1024 + 64);

/** What a text has become when it is escaped; a vector more is written. */
export const escapeBytes: i32 = 16 * 1024;
export const escapedStart: usize = memory.data(16 * 1024 * 7 + 16);

/** What was read of an alert's head: see head.ts. */
export const headStart: usize = memory.data(128);
