/** What people read, in each language, beside the pages that show it; a missing text does not compile. */

import { createContext } from "preact";
import { useContext } from "preact/hooks";

export const LOCALES = ["en", "es"] as const;
export type Locale = (typeof LOCALES)[number];

const STORED = "tiza.locale";

export const LocaleContext = createContext<{ locale: Locale; change: (locale: Locale) => void }>({
  locale: "en",
  change: () => undefined,
});

type Same<T> = { [K in keyof T]: T[K] extends string ? string : T[K] extends object ? (T[K] extends (...a: never[]) => unknown ? T[K] : Same<T[K]>) : T[K] };

/** Texts of one part of the pages: the same names in each language; a text with gaps is a function. */
export function translations<T extends object>(en: T, es: NoInfer<Same<T>>): Record<Locale, Same<T>> {
  return { en: en as Same<T>, es };
}

/** The texts in the language that is read now. */
export function useTexts<T>(texts: Record<Locale, T>): T {
  return texts[useContext(LocaleContext).locale];
}

/** The language to begin with: the one chosen last on this device, else the browser's. */
export function firstLocale(): Locale {
  const wanted = [localStorage.getItem(STORED), ...navigator.languages.map((tag) => tag.slice(0, 2))];
  return LOCALES.find((locale) => locale === wanted.find((tag) => LOCALES.some((known) => known === tag))) ?? "en";
}

/** Keep a choice of language on this device. */
export function rememberLocale(locale: Locale): void {
  localStorage.setItem(STORED, locale);
}

/** Numbers and times as the language writes them. */
export function useFormats() {
  const { locale } = useContext(LocaleContext);
  return {
    percent: (share: number) => new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 }).format(share),
    number: (value: number) => new Intl.NumberFormat(locale).format(value),
    date: (moment: string) => new Intl.DateTimeFormat(locale, { dateStyle: "medium" }).format(new Date(moment)),
    time: (moment: string) =>
      new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" }).format(new Date(moment)),
  };
}
