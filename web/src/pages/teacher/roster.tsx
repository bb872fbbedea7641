import { useSession } from "../../session";
import { translations, useTexts } from "../../texts";
import { Page, Section } from "../../ui/page";
import { Exports } from "./parts/exports";
import { RosterImport } from "./parts/roster-import";
import { StaffInvites } from "./parts/invites";
import { Tabs, useTab } from "./parts/tabs";
import "./teacher.css";

const texts = translations(
  {
    title: "Roster",
    tabs: "Parts of the roster",
    import: "Import",
    export: "Export",
    staff: "Invite teachers",
  },
  {
    title: "Listas de la escuela",
    tabs: "Partes de las listas",
    import: "Importar",
    export: "Exportar",
    staff: "Invitar docentes",
  },
);

const parts = ["import", "export", "staff"] as const;

/** For admins: the people and classes of the school, in and out. */
export default function Roster() {
  const words = useTexts(texts);
  const { user } = useSession();
  const tab = useTab(parts);
  return (
    <Page title={words.title}>
      <Tabs label={words.tabs} tabs={parts.map((value) => ({ value, text: words[value] }))} current={tab} />
      {tab === "import" && <RosterImport />}
      {tab === "export" && <Section title={words.export}><Exports /></Section>}
      {tab === "staff" && user?.school_id && <StaffInvites schoolId={user.school_id} />}
    </Page>
  );
}
