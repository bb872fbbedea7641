/** The API as these pages call it, and who is signed in. */

import { createClient, createOutbox, type Credentials, type User } from "@tiza/client";
import { useContext, useEffect, useState } from "preact/hooks";

import { LocaleContext, LOCALES, type Locale } from "./texts";

export type Role = "student" | "teacher" | "parent" | "admin" | "operator";

const READER = "tiza.reader"; // whose own language this device has taken over since they signed in

/** Where the API is: whoever serves the page writes it into the page. */
const address = document.querySelector<HTMLMetaElement>('meta[name="tiza-api"]')!.content;

export const client = createClient({ baseUrl: address });

/** A student's answers that wait for the network. */
export const outbox = createOutbox(client);

/** Sign in, here and in the other tabs. Throws what the client throws. */
export async function signIn(credentials: Credentials): Promise<void> {
  localStorage.removeItem(READER);
  await client.signIn(credentials);
}

/** Sign out, here and in the other tabs. */
export const signOut = (): Promise<void> => client.signOut();

/** Who is signed in, in whatever tab; null for nobody. */
export function useSession(): { user: (User & { role: Role }) | null } {
  const [state, setState] = useState(client.session.state);
  useEffect(() => client.session.subscribe(setState), []);
  return { user: state.status === "signed-in" ? (state.user as User & { role: Role }) : null };
}

/** Read in the language of the one who signs in, until they choose another one. */
export function useOwnLocale(): void {
  const { user } = useSession();
  const { change } = useContext(LocaleContext);
  useEffect(() => {
    if (!user || localStorage.getItem(READER) === user.id) return;
    localStorage.setItem(READER, user.id);
    const own = LOCALES.find((locale) => locale === user.locale);
    if (own) change(own);
  }, [user?.id]);
}

/** A function that changes the language, here and in what the API says to the one who is signed in. */
export function useChooseLocale(): (locale: Locale) => Promise<void> {
  const { user } = useSession();
  const { change } = useContext(LocaleContext);
  return async (locale) => {
    // Without the network the page's own texts change in any case.
    if (user) await client.patch("/v1/me", { body: { locale } }).catch(() => undefined);
    change(locale);
  };
}
