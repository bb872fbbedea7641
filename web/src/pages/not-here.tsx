import { translations, useTexts } from "../texts";
import { Page } from "../ui/page";

const texts = translations(
  { title: "Nothing here", text: "There is no such page, or it is not for you.", home: "To the beginning" },
  { title: "Aquí no hay nada", text: "Esta página no existe, o no es para ti.", home: "Al principio" },
);

export default function NotHere() {
  const words = useTexts(texts);
  return (
    <Page title={words.title}>
      <p>{words.text}</p>
      <p><a href="/">{words.home}</a></p>
    </Page>
  );
}
