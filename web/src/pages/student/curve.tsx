import { translations, useFormats, useTexts } from "../../texts";

const texts = translations(
  { drawn: (first: string, last: string, answers: number) => `From ${first} at first to ${last} now, in ${answers} answers` },
  { drawn: (first: string, last: string, answers: number) => `De ${first} al principio a ${last} ahora, en ${answers} respuestas` },
);

const WIDTH = 300;
const HEIGHT = 40;
const MARGIN = 4;

/** How the belief about a skill moved, answer by answer: `known` are probabilities, oldest first. */
export function Curve({ known, answers }: { known: readonly number[]; answers: number }) {
  const words = useTexts(texts);
  const { percent } = useFormats();
  if (known.length < 2) return null;
  const x = (index: number) => MARGIN + (index * (WIDTH - 2 * MARGIN)) / (known.length - 1);
  const y = (value: number) => MARGIN + (1 - value) * (HEIGHT - 2 * MARGIN);
  const last = known.length - 1;
  return (
    <svg class="small-curve" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={words.drawn(percent(known[0]!), percent(known[last]!), answers)}>
      <line x1={MARGIN} x2={WIDTH - MARGIN} y1={y(0)} y2={y(0)} />
      <polyline points={known.map((value, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`).join(" ")} />
      <circle cx={x(last)} cy={y(known[last]!)} r="3.5" />
    </svg>
  );
}
