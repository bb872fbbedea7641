import type { ComponentChildren } from "preact";
import { useLocation } from "preact-iso";
import { useContext } from "preact/hooks";

import { useOnline } from "../query";
import { signOut, useChooseLocale, useSession, type Role } from "../session";
import { LOCALES, LocaleContext, translations, useTexts, type Locale } from "../texts";
import { Button } from "./forms";

const texts = translations(
  {
    skip: "To the content",
    menu: "Main menu",
    language: "Language",
    signOut: "Sign out",
    offline: "This device is offline. What you see may be old.",
    offlineStudent: "This device is offline. What you answer is kept here and sent later.",
    classes: "Classes",
    alerts: "Alerts",
    reviews: "To review",
    roster: "Roster",
    practice: "Practise",
    progress: "My progress",
    assignments: "Assignments",
    photos: "Photos",
    tutor: "Tutor",
    children: "My children",
  },
  {
    skip: "Ir al contenido",
    menu: "Menú principal",
    language: "Idioma",
    signOut: "Salir",
    offline: "Este dispositivo no tiene conexión. Lo que ves puede ser antiguo.",
    offlineStudent: "Este dispositivo no tiene conexión. Lo que respondas se guarda aquí y se envía después.",
    classes: "Clases",
    alerts: "Avisos",
    reviews: "Por revisar",
    roster: "Listas",
    practice: "Practicar",
    progress: "Mi progreso",
    assignments: "Tareas",
    photos: "Fotos",
    tutor: "Tutor",
    children: "Mi familia",
  },
);

const menus: Partial<Record<Role, readonly ["/classes" | "/alerts" | "/reviews" | "/roster" | "/practice" | "/progress" | "/assignments" | "/photos" | "/tutor" | "/children", MenuText][]>> = {
  student: [["/practice", "practice"], ["/assignments", "assignments"], ["/progress", "progress"], ["/photos", "photos"], ["/tutor", "tutor"]],
  teacher: [["/classes", "classes"], ["/alerts", "alerts"], ["/reviews", "reviews"]],
  admin: [["/classes", "classes"], ["/alerts", "alerts"], ["/reviews", "reviews"], ["/roster", "roster"]],
  parent: [["/children", "children"]],
};
type MenuText = "classes" | "alerts" | "reviews" | "roster" | "practice" | "progress" | "assignments" | "photos" | "tutor" | "children";

const languages: Record<Locale, string> = { en: "English", es: "Español" };

/** The board at the top, and the page below it. */
export function Layout({ children }: { children: ComponentChildren }) {
  const words = useTexts(texts);
  const { user } = useSession();
  const { path } = useLocation();
  const { locale } = useContext(LocaleContext);
  const choose = useChooseLocale();
  const isOnline = useOnline();
  return (
    <>
      <a class="skip" href="#content">{words.skip}</a>
      <header class="top">
        <div class="top-inner">
          <a class="brand" href="/">Tiza</a>
          {user && (
            <nav aria-label={words.menu}>
              <ul>
                {(menus[user.role] ?? []).map(([href, text]) => (
                  <li key={href}>
                    <a href={href} aria-current={path.startsWith(href) ? "page" : undefined}>{words[text]}</a>
                  </li>
                ))}
              </ul>
            </nav>
          )}
          <div class="who">
            {user && <span>{user.name}</span>}
            <select aria-label={words.language} value={locale} onChange={(event) => void choose(event.currentTarget.value as Locale)}>
              {LOCALES.map((known) => (
                <option key={known} value={known} lang={known}>{languages[known]}</option>
              ))}
            </select>
            {user && <Button kind="plain" onClick={() => void signOut()}>{words.signOut}</Button>}
          </div>
        </div>
      </header>
      <div role="status">{!isOnline && <p class="offline">{user?.role === "student" ? words.offlineStudent : words.offline}</p>}</div>
      <main id="content">{children}</main>
    </>
  );
}
