import { useLocation, useRoute } from "preact-iso";

import { translations, useTexts } from "../../texts";
import { Page } from "../../ui/page";
import { Loaded } from "../../ui/states";
import { AssignForm } from "./parts/assign-form";
import { useCatalogue, useClassroom, useSkills } from "./parts/names";
import "./teacher.css";

const texts = translations(
  { title: "Assign practice", up: "Class", upTo: (name: string) => `Class ${name}` },
  { title: "Poner práctica", up: "Clase", upTo: (name: string) => `Clase ${name}` },
);

/** The address may name `students`, with commas between them, and a `bug`. */
export default function Assign() {
  const words = useTexts(texts);
  const id = useRoute().params.id!;
  const { query } = useLocation();
  const classroom = useClassroom(id);
  const skills = useSkills();
  const bugs = useCatalogue(undefined);
  const everything = {
    data: skills.data && bugs.data && { skills: skills.data.filter((skill) => skill.retired_at === null), bugs: bugs.data },
    error: skills.error ?? bugs.error,
    isLoading: skills.isLoading || bugs.isLoading,
    reload: () => [skills, bugs].forEach((each) => each.reload()),
  };
  return (
    <Page title={words.title} up={{ href: `/classes/${id}`, text: classroom.data ? words.upTo(classroom.data.name) : words.up }}>
      <Loaded query={everything} lines={20}>
        {({ skills: known, bugs: catalogue }) => (
          <AssignForm classroomId={id} skills={known} bugs={catalogue} students={query.students?.split(",") ?? []} bug={query.bug} />
        )}
      </Loaded>
    </Page>
  );
}
