/** What went wrong, in words for the person who sees it. */

import { isNetworkError, isTizaError, type ErrorCode } from "@tiza/client";

import { translations, useTexts } from "./texts";

type Said = Partial<Record<ErrorCode, string>> & { unknown: string; network: string; notSetUp: string };

const en: Said = {
  VALIDATION_ERROR: "Something in what you entered is not right. Please check it.",
  PROBLEM_SYNTAX_ERROR: "This is not a problem that Tiza can read.",
  UNAUTHORIZED: "You are not signed in any more. Please sign in again.",
  INVALID_CREDENTIALS: "The name or the secret is not right.",
  EMAIL_NOT_VERIFIED: "Your address is not confirmed yet. Follow the link in the mail that we sent you.",
  FORBIDDEN: "You may not do that.",
  CONSENT_REQUIRED: "A parent has to allow this first.",
  NOT_FOUND: "This is not here, or not for you to see.",
  CONFLICT: "This does not fit what is stored already.",
  INVALID_CODE: "This code is not valid, or was used already.",
  INVALID_ONE_TIME_TOKEN: "This link has expired or was used already.",
  PAYLOAD_TOO_LARGE: "This is too large.",
  RATE_LIMITED: "That was a lot at once. Please wait a moment.",
  ACCOUNT_LOCKED: "Too many wrong attempts. Please wait some minutes.",
  QUOTA_SPENT: "That was all for today. It goes on tomorrow.",
  BUDGET_SPENT: "Your school has used what it may use today. It goes on tomorrow.",
  SWITCHED_OFF: "This is switched off at the moment.",
  MODEL_UNAVAILABLE: "The language model does not answer right now. Please try again later.",
  UNAVAILABLE: "Tiza is not available right now. Please try again in a moment.",
  network: "Tiza cannot be reached. Is this device connected?",
  notSetUp: "This needs a language model, and none is set up here.",
  unknown: "Something went wrong on our side.",
};

const es: Said = {
  VALIDATION_ERROR: "Algo de lo que has escrito no es correcto. Revísalo, por favor.",
  PROBLEM_SYNTAX_ERROR: "Tiza no puede leer este problema.",
  UNAUTHORIZED: "Tu sesión ha terminado. Vuelve a entrar, por favor.",
  INVALID_CREDENTIALS: "El nombre o la clave no son correctos.",
  EMAIL_NOT_VERIFIED: "Tu dirección no está confirmada. Sigue el enlace del correo que te enviamos.",
  FORBIDDEN: "No puedes hacer eso.",
  CONSENT_REQUIRED: "Antes lo tiene que permitir tu familia.",
  NOT_FOUND: "Esto no existe, o no lo puedes ver.",
  CONFLICT: "Esto no concuerda con lo que ya está guardado.",
  INVALID_CODE: "Este código no vale, o ya se usó.",
  INVALID_ONE_TIME_TOKEN: "Este enlace ha caducado o ya se usó.",
  PAYLOAD_TOO_LARGE: "Esto es demasiado grande.",
  RATE_LIMITED: "Demasiado de una vez. Espera un momento, por favor.",
  ACCOUNT_LOCKED: "Demasiados intentos fallidos. Espera unos minutos, por favor.",
  QUOTA_SPENT: "Por hoy eso fue todo. Mañana sigue.",
  BUDGET_SPENT: "Tu escuela ya ha usado lo de hoy. Mañana sigue.",
  SWITCHED_OFF: "Esto está desconectado por ahora.",
  MODEL_UNAVAILABLE: "El modelo de lenguaje no responde ahora. Inténtalo más tarde.",
  UNAVAILABLE: "Tiza no está disponible ahora. Inténtalo dentro de un momento.",
  network: "No se puede llegar a Tiza. ¿Tiene conexión este dispositivo?",
  notSetUp: "Esto necesita un modelo de lenguaje, y aquí no hay ninguno.",
  unknown: "Algo ha fallado por nuestra parte.",
};

const texts: Record<"en" | "es", Said> = translations(en, es);

/** A function that says an error in the language of the page; one that is not foreseen with its request id. */
export function useSaidError(): (error: unknown) => string {
  const words = useTexts(texts);
  return (error) => {
    if (isNetworkError(error)) return words.network;
    if (!isTizaError(error)) return words.unknown;
    if (error.code === "SWITCHED_OFF" && error.details.reason === "not_set_up") return words.notSetUp;
    // A link whose token is not even of the right form was cut off somewhere.
    if (error.code === "VALIDATION_ERROR" && error.details.path === "$.token") return words.INVALID_ONE_TIME_TOKEN ?? words.unknown;
    return words[error.code] ?? (error.requestId ? `${words.unknown} (${error.requestId})` : words.unknown);
  };
}
