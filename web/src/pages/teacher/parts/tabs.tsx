/** Parts of one page, each with an address of its own: `?tab=`. */

import { useLocation } from "preact-iso";

interface TabsProps<T extends string> {
  label: string;
  /** The first one is shown where the address names none. */
  tabs: readonly { value: T; text: string }[];
  current: T;
}

/** Links between the parts. */
export function Tabs<T extends string>({ label, tabs, current }: TabsProps<T>) {
  const { path } = useLocation();
  return (
    <nav class="tabs" aria-label={label}>
      <ul>
        {tabs.map(({ value, text }, index) => (
          <li key={value}>
            <a href={index === 0 ? path : `${path}?tab=${value}`} aria-current={value === current ? "page" : undefined}>{text}</a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Which part the address names. */
export function useTab<T extends string>(values: readonly [T, ...T[]]): T {
  const { query } = useLocation();
  return values.find((value) => value === query.tab) ?? values[0];
}
