import { Secret } from './secret.js';

/** Shorter text occurs in ordinary words: masking it would make the log unreadable and protect nothing. */
const SHORTEST = 4;

/** A process that renews its tokens for months must not search for all of them in every line. */
const ROTATING_KEPT = 20;

/** What `state_store` may begin with; any other address is a credential as a whole. */
const STORE_ADDRESS = /^(?:memory|file|rediss?|postgres(?:ql)?):/i;

/** Masks known credentials in text, whoever wrote them there. */
export interface Redactor {
  /** Masks `secret` from now on. */
  add(secret: Secret): void;
  /** As `add`, for one that is replaced now and then: the newest 20 are masked. */
  addRotating(secret: Secret): void;
  /** `text` with `[secret]` in the place of each known credential. */
  apply(text: string): string;
}

/** A redactor that knows no credential yet. */
export function createRedactor(): Redactor {
  const lasting = new Set<string>();
  const rotating = new Set<string>();
  let forms: string[] = [];

  const learn = () => {
    // The longest first, as one credential may contain another.
    forms = [...lasting, ...rotating].flatMap(writtenForms).sort((a, b) => b.length - a.length);
  };

  return {
    add(secret) {
      for (const credential of credentialsIn(secret.reveal())) lasting.add(credential);
      learn();
    },
    addRotating(secret) {
      const value = secret.reveal();
      rotating.delete(value);
      rotating.add(value);
      const [oldest] = rotating;
      if (rotating.size > ROTATING_KEPT && oldest !== undefined) rotating.delete(oldest);
      learn();
    },
    apply(text) {
      let masked = text;
      for (const form of forms) masked = masked.replaceAll(form, () => String(new Secret(form)));
      return masked;
    },
  };
}

/** Of a store's address only what is secret in it: the store has to be named in messages. */
function credentialsIn(text: string): string[] {
  if (!URL.canParse(text)) return [text];
  const { password, search, searchParams } = new URL(text);
  if (STORE_ADDRESS.test(text) && password === '' && search === '') return [];
  const passwords = [password, ...searchParams.getAll('password')];
  try {
    return [text, ...passwords, decodeURIComponent(password)];
  } catch {
    // A stray % stands for itself.
    return [text, ...passwords];
  }
}

/** The credential as it is, inside JSON, inside a URL, and in base64. */
function writtenForms(value: string): string[] {
  if (value.length < SHORTEST) return [];
  const forms = [
    value,
    JSON.stringify(value).slice(1, -1),
    encodeURIComponent(value),
    Buffer.from(value).toString('base64'),
  ];
  return [...new Set(forms)];
}

/** All secrets inside a parsed form. */
export function secretsOf(value: unknown): Secret[] {
  if (value instanceof Secret) return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(secretsOf);
}
