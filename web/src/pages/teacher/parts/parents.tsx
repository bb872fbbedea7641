/** Links between parents and children: those that wait for the school's word, and those that count. */

import { pages, type Schemas } from "@tiza/client";

import { useAction, useQuery } from "../../../query";
import { client, useSession } from "../../../session";
import { translations, useFormats, useTexts } from "../../../texts";
import { Button } from "../../../ui/forms";
import { Section } from "../../../ui/page";
import { Empty, Failure, Loaded } from "../../../ui/states";
import { all } from "./names";

type Link = Schemas["Link"];

const texts = translations(
  {
    title: "Parents",
    waiting: "Parents who wait for your word",
    is: (parent: string, child: string) => `${parent}, for ${child}`,
    asked: (when: string) => `asked on ${when}`,
    confirmed: (when: string) => `linked since ${when}`,
    confirm: "Confirm",
    confirmWho: (parent: string, child: string) => `Confirm that ${parent} belongs to ${child}`,
    sure: (parent: string, child: string) => `Confirm that ${parent} belongs to ${child}? ${parent} will then see what ${child} does.`,
    end: "End the link",
    endWho: (parent: string) => `End the link of ${parent}`,
    endSure: (parent: string, child: string) => `End the link? ${parent} will not see any more what ${child} does.`,
    none: "No parent is linked yet. Make a link code and give it to them.",
    unknown: "A parent",
  },
  {
    title: "Familia",
    waiting: "Familiares que esperan tu palabra",
    is: (parent: string, child: string) => `${parent}, para ${child}`,
    asked: (when: string) => `pidió el enlace el ${when}`,
    confirmed: (when: string) => `con enlace desde el ${when}`,
    confirm: "Confirmar",
    confirmWho: (parent: string, child: string) => `Confirmar que ${parent} es familia de ${child}`,
    sure: (parent: string, child: string) => `¿Confirmar que ${parent} es familia de ${child}? Verá entonces lo que hace ${child}.`,
    end: "Terminar el enlace",
    endWho: (parent: string) => `Terminar el enlace de ${parent}`,
    endSure: (parent: string, child: string) => `¿Terminar el enlace? ${parent} ya no verá lo que hace ${child}.`,
    none: "Todavía no hay ningún familiar con enlace. Haz un código de enlace y dáselo.",
    unknown: "Un familiar",
  },
);

const readLinks = (query: { status?: Link["status"] }, signal: AbortSignal): Promise<Link[]> =>
  all(pages(client, "/v1/families/links", { query: { ...query, limit: 100 }, signal }));

/** The links that wait, of all students whom one teaches; nothing where none waits. */
export function Parents() {
  const words = useTexts(texts);
  const links = useQuery((signal) => readLinks({ status: "pending" }, signal), []);
  if (!links.data?.length) return null;
  return <Section title={words.waiting}><Links links={links.data} onChanged={links.reload} /></Section>;
}

/** The parents of one student. */
export function ParentsOf({ studentId }: { studentId: string }) {
  const words = useTexts(texts);
  const links = useQuery(async (signal) => (await readLinks({}, signal)).filter((link) => link.student.id === studentId), [studentId]);
  return (
    <Loaded query={links} lines={2}>
      {(found) => (found.length === 0 ? <Empty>{words.none}</Empty> : <Links links={found} onChanged={links.reload} />)}
    </Loaded>
  );
}

function Links({ links, onChanged }: { links: Link[]; onChanged: () => void }) {
  return <ul class="list">{links.map((link) => <Row key={link.id} link={link} onChanged={onChanged} />)}</ul>;
}

function Row({ link, onChanged }: { link: Link; onChanged: () => void }) {
  const words = useTexts(texts);
  const { date } = useFormats();
  const { user } = useSession();
  const parent = link.parent.name ?? words.unknown;
  const child = link.student.name ?? "";
  const path = { link_id: link.id };
  const agree = useAction(async () => {
    if (!confirm(words.sure(parent, child))) return;
    await client.post("/v1/families/links/{link_id}/confirmation", { path });
    onChanged();
  });
  const end = useAction(async () => {
    if (!confirm(words.endSure(parent, child))) return;
    await client.delete("/v1/families/links/{link_id}", { path });
    onChanged();
  });
  return (
    <li class="card">
      <div class="section-head">
        <p>
          {words.is(parent, child)}{" "}
          <span class="soft">{link.confirmed_at ? words.confirmed(date(link.confirmed_at)) : words.asked(date(link.created_at))}</span>
        </p>
        <div class="actions">
          {!link.confirmed_at && <Button isBusy={agree.isRunning} onClick={() => void agree.run()} aria-label={words.confirmWho(parent, child)}>{words.confirm}</Button>}
          {user?.role === "admin" && <Button kind="danger" isBusy={end.isRunning} onClick={() => void end.run()} aria-label={words.endWho(parent)}>{words.end}</Button>}
        </div>
      </div>
      {agree.error !== undefined && <Failure error={agree.error} />}
      {end.error !== undefined && <Failure error={end.error} />}
    </li>
  );
}
