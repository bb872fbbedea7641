import { useEffect, useRef, useState } from "preact/hooks";

import { useAction } from "../query";
import { Button } from "./forms";
import { Failure } from "./states";

interface SureProps {
  /** What the button says; with `of`, what it says to those who do not see what it stands beside. */
  text: string;
  of?: string | undefined;
  question: string;
  yes: string;
  no: string;
  onSure: () => Promise<void>;
}

/** A button for what cannot be undone: it asks first. The focus goes where the question is answered. */
export function Sure({ text, of, question, yes, no, onSure }: SureProps) {
  const [isAsking, setAsking] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const wasAsked = useRef(false);
  const act = useAction(onSure);
  useEffect(() => {
    if (isAsking || wasAsked.current) place.current?.querySelector<HTMLButtonElement>("button:last-of-type")?.focus();
    wasAsked.current = isAsking;
  }, [isAsking]);
  return (
    <div class="section" ref={place}>
      {isAsking && <p role="status">{question}</p>}
      <div class="row">
        {isAsking ? (
          <>
            <Button kind="danger" isBusy={act.isRunning} onClick={() => void act.run()}>{yes}</Button>
            <Button kind="plain" onClick={() => setAsking(false)}>{no}</Button>
          </>
        ) : (
          <Button kind="plain" aria-label={of} onClick={() => setAsking(true)}>{text}</Button>
        )}
      </div>
      {act.error !== undefined && <Failure error={act.error} />}
    </div>
  );
}
