/** A word that something is done, where the button that did it goes. */

import { useEffect, useRef, useState } from "preact/hooks";

import { Notice } from "../../../ui/states";

/** `say` shows a sentence at `place`, and takes the focus there. */
export function useSaid() {
  const [said, setSaid] = useState({ text: "", turn: 0 });
  const there = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (said.turn > 0) there.current?.focus();
  }, [said.turn]);
  const say = (text: string) => setSaid(({ turn }) => ({ text, turn: turn + 1 }));
  const place = <div class="said" ref={there} tabIndex={-1}>{said.text && <Notice kind="good">{said.text}</Notice>}</div>;
  return { say, place };
}
