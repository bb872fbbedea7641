import { useRoute } from "preact-iso";

import { translations, useTexts } from "../../texts";
import { Page, Section } from "../../ui/page";
import { Loaded, Notice } from "../../ui/states";
import { AlertList } from "./parts/alert-list";
import { AssignmentList } from "./parts/assignment-list";
import { Attention } from "./parts/attention";
import { Groups } from "./parts/groups";
import { HeatMap } from "./parts/heat-map";
import { Members } from "./parts/members";
import { useClassroom } from "./parts/names";
import { Tabs, useTab } from "./parts/tabs";
import "./teacher.css";

const texts = translations(
  {
    title: (name: string) => `Class ${name}`,
    loading: "Class",
    up: "Classes",
    tabs: "Parts of the class",
    map: "Heat map",
    first: "Who to see first",
    groups: "Bugs and groups",
    assignments: "Assignments",
    members: "Students and codes",
    alerts: "Open alerts",
    assign: "Assign practice",
    archived: "This class is archived. You can read it, but nothing is set in it any more.",
  },
  {
    title: (name: string) => `Clase ${name}`,
    loading: "Clase",
    up: "Clases",
    tabs: "Partes de la clase",
    map: "Mapa",
    first: "A quién ver primero",
    groups: "Errores y grupos",
    assignments: "Tareas",
    members: "Estudiantes y códigos",
    alerts: "Avisos abiertos",
    assign: "Poner práctica",
    archived: "Esta clase está archivada. Puedes leerla, pero ya no se pone nada en ella.",
  },
);

const parts = ["map", "first", "groups", "assignments", "members"] as const;

export default function ClassroomPage() {
  const words = useTexts(texts);
  const id = useRoute().params.id!;
  const tab = useTab(parts);
  const classroom = useClassroom(id);
  const isArchived = Boolean(classroom.data?.archived_at);
  return (
    <Page
      title={classroom.data ? words.title(classroom.data.name) : words.loading}
      up={{ href: "/classes", text: words.up }}
      actions={!isArchived && <a class="button main" href={`/classes/${id}/assign`}>{words.assign}</a>}
    >
      <Tabs label={words.tabs} tabs={parts.map((value) => ({ value, text: words[value] }))} current={tab} />
      <Loaded query={classroom} lines={16}>
        {(found) => (
          <>
            {found.archived_at && <Notice>{words.archived}</Notice>}
            {tab === "map" && <HeatMap classroomId={id} />}
            {tab === "first" && (
              <div class="columns-2">
                <Section title={words.first}><Attention classroomId={id} /></Section>
                <Section title={words.alerts}><AlertList filter={{ classroom_id: id, status: "open" }} heading="h3" /></Section>
              </div>
            )}
            {tab === "groups" && <Groups classroomId={id} />}
            {tab === "assignments" && <AssignmentList of={{ classroom_id: id }} />}
            {tab === "members" && <Members classroom={found} onChanged={classroom.reload} />}
          </>
        )}
      </Loaded>
    </Page>
  );
}
