/** The frame around each page. */

import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

interface PageProps {
  title: string;
  /** Where this page hangs; shown above the title. */
  up?: { href: string; text: string };
  actions?: ComponentChildren;
  children: ComponentChildren;
}

let isFirst = true;

/** A page: its title in the window and as heading, which gets the focus when one has come from another page. */
export function Page({ title, up, actions, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Tiza`;
  }, [title]);
  useEffect(() => {
    if (!isFirst) heading.current?.focus();
    isFirst = false;
  }, []);
  return (
    <div class="page">
      {up && (
        <nav class="up">
          <a href={up.href}>← {up.text}</a>
        </nav>
      )}
      <div class="page-head">
        <h1 ref={heading} tabIndex={-1}>{title}</h1>
        {actions && <div class="actions">{actions}</div>}
      </div>
      {children}
    </div>
  );
}

/** A part of a page with a heading of its own. */
export function Section({ title, children, actions }: { title: string; children: ComponentChildren; actions?: ComponentChildren }) {
  return (
    <section class="section">
      <div class="section-head">
        <h2>{title}</h2>
        {actions && <div class="actions">{actions}</div>}
      </div>
      {children}
    </section>
  );
}

/** What is wider than a phone scrolls by itself, by finger and by key. */
export function Wide({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div class="wide" role="region" aria-label={label} tabIndex={0}>
      {children}
    </div>
  );
}

/** A table of data in room of its own. Its caption is for those who do not see what stands above it. */
export function WideTable({ caption, class: kind, children }: { caption: string; class?: string; children: ComponentChildren }) {
  return (
    <Wide label={caption}>
      <table class={kind}>
        <caption class="hidden">{caption}</caption>
        {children}
      </table>
    </Wide>
  );
}
