import { isTizaError, type Schemas } from "@tiza/client";
import { useEffect, useRef, useState } from "preact/hooks";

import { useOnline, useQuery } from "../../query";
import { client, outbox, useSession } from "../../session";
import { translations, useTexts } from "../../texts";
import { SelectField } from "../../ui/forms";
import { Page } from "../../ui/page";
import { Empty, Loaded, Notice } from "../../ui/states";
import { useMoves, useSkills, type Skill } from "./beliefs";
import { Exercise } from "./exercise";
import { KeptAnswers } from "./kept-answers";
import "./student.css";

const texts = translations(
  {
    title: "Practise",
    why: "Why this one?",
    next: "Next exercise",
    wish: "What do you want to practise?",
    any: "What helps me most",
    nothing: "There is nothing to practise here right now. Choose something else below.",
    offline: "A new exercise needs the network. As soon as this device is connected, it comes by itself.",
  },
  {
    title: "Practicar",
    why: "¿Por qué este?",
    next: "Siguiente ejercicio",
    wish: "¿Qué quieres practicar?",
    any: "Lo que más me ayuda",
    nothing: "Ahora no hay nada que practicar aquí. Elige otra cosa abajo.",
    offline: "Para un ejercicio nuevo hace falta conexión. En cuanto este dispositivo la tenga, llega solo.",
  },
);

type Practice = Schemas["Practice"];

/** A student's home: an exercise at once, what the answer shows, and the next one. */
export default function PracticePage() {
  const words = useTexts(texts);
  const { user } = useSession();
  const studentId = user!.id;
  const [wish, setWish] = useState("");
  const [isFocused, setFocused] = useState(true);
  const skills = useSkills();
  const movesOf = useMoves(studentId, skills.data);
  const { query, isNew, prefetch, goOn } = useNextExercise(wish);
  const isOnline = useOnline();

  useEffect(() => {
    if (isOnline && query.error !== undefined) query.reload();
  }, [isOnline]);
  const choose = (skillId: string) => {
    setFocused(false); // who goes through the choices with the keyboard stays there
    setWish(skillId);
  };
  const isBegun = useRef(false);
  isBegun.current ||= query.data !== undefined || query.error !== undefined;
  const hasNothing = isTizaError(query.error, "NOT_FOUND");
  return (
    <Page title={words.title}>
      {hasNothing ? (
        <Empty>{words.nothing}</Empty>
      ) : !isOnline && query.data === undefined ? (
        <Notice>{words.offline}</Notice>
      ) : (
        <div class="card practice">
          <Loaded query={query} lines={9}>
            {(task) => (
              <>
                <Why practice={task} />
                <Exercise
                  key={task.id}
                  task={task}
                  isFocused={isFocused}
                  movesOf={movesOf}
                  onSent={() => prefetch(task)}
                  next={{
                    text: words.next,
                    isBusy: isNew,
                    go: () => {
                      setFocused(true);
                      goOn();
                    },
                  }}
                />
              </>
            )}
          </Loaded>
        </div>
      )}
      {isBegun.current && (
        <>
          <KeptAnswers studentId={studentId} shown={query.data ? [query.data.exercise_id] : []} />
          <Wish skills={skills.data} wish={wish} onWish={choose} />
        </>
      )}
    </Page>
  );
}

function Why({ practice }: { practice: Practice }) {
  const words = useTexts(texts);
  return (
    <div class="why">
      <h2>{practice.skill.name}</h2>
      <p class="soft"><span class="hidden">{words.why} </span>{practice.reason.sentence}</p>
    </div>
  );
}

function Wish({ skills, wish, onWish }: { skills: readonly Skill[] | undefined; wish: string; onWish: (id: string) => void }) {
  const words = useTexts(texts);
  const options = [{ value: "", text: words.any }, ...(skills ?? []).map(({ id, name }) => ({ value: id, text: name }))];
  return (
    <div class="narrow">
      <SelectField label={words.wish} value={wish} onValue={onWish} options={options} />
    </div>
  );
}

/** The exercise of now for what one wishes to practise; the next one is fetched ahead, for who is offline then. */
function useNextExercise(wish: string) {
  const [turn, setTurn] = useState(0);
  const ahead = useRef<{ wish: string; practice: Practice }>(undefined);
  const fetchNext = async (signal?: AbortSignal) => {
    await outbox.flush(); // or the exercise of an answer that still waits would come again
    return client.post("/v1/practice/next", { body: wish === "" ? {} : { skill_id: wish }, ...(signal && { signal }) });
  };

  const query = useQuery(
    (signal) => {
      const { current } = ahead;
      ahead.current = undefined;
      return current?.wish === wish ? Promise.resolve(current.practice) : fetchNext(signal);
    },
    [wish, turn],
  );
  const prefetch = (of: Practice) => {
    fetchNext().then(
      (practice) => {
        if (practice.id !== of.id) ahead.current = { wish, practice };
      },
      () => undefined, // it is asked for again, and any fault said, when it is needed
    );
  };
  return { query, isNew: query.isLoading, prefetch, goOn: () => setTurn((last) => last + 1) };
}
