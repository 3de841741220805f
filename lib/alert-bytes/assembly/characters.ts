export const QUOTE: u8 = 0x22;
export const PLUS: u8 = 0x2b;
export const COMMA: u8 = 0x2c;
export const MINUS: u8 = 0x2d;
export const POINT: u8 = 0x2e;
export const SLASH: u8 = 0x2f;
export const ZERO: u8 = 0x30;
export const COLON: u8 = 0x3a;
export const UPPER_T: u8 = 0x54;
export const UPPER_Z: u8 = 0x5a;
export const OPEN_BRACKET: u8 = 0x5b;
export const BACKSLASH: u8 = 0x5c;
export const CLOSE_BRACKET: u8 = 0x5d;
export const LOWER_A: u8 = 0x61;
export const LOWER_B: u8 = 0x62;
export const LOWER_E: u8 = 0x65;
export const LOWER_F: u8 = 0x66;
export const LOWER_L: u8 = 0x6c;
export const LOWER_N: u8 = 0x6e;
export const LOWER_R: u8 = 0x72;
export const LOWER_S: u8 = 0x73;
export const LOWER_T: u8 = 0x74;
export const LOWER_U: u8 = 0x75;
export const OPEN_BRACE: u8 = 0x7b;
export const CLOSE_BRACE: u8 = 0x7d;

export const SPACE: u8 = 0x20;
/** The bit that makes an upper-case letter a lower-case one, and `[` and `]` to `{` and `}`. */
export const LOWER_CASE: u8 = 0x20;

export function isDigit(byte: u8): bool {
  return byte >= ZERO && byte <= ZERO + 9;
}
