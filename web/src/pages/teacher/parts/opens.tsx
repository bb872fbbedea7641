/** One thing of a list, which opens in its place. */

import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";

interface OpensProps {
  head: ComponentChildren;
  isOpen: boolean;
  onToggle: () => void;
  children: () => ComponentChildren;
}

/** The head is a button; what it opens is made when it is opened. */
export function Opens({ head, isOpen, onToggle, children }: OpensProps) {
  const id = useId();
  return (
    <li class="opens">
      <h3>
        <button type="button" aria-expanded={isOpen} aria-controls={isOpen ? id : undefined} onClick={onToggle}>{head}</button>
      </h3>
      {isOpen && <div class="opened" id={id}>{children()}</div>}
    </li>
  );
}
