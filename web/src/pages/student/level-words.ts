/** The levels of a skill as one says them to a child. */

import { translations } from "../../texts";

export const levelWords = translations(
  { at_risk: "just beginning", struggling: "on the way", proficient: "nearly there", mastered: "you can do it" },
  { at_risk: "empezando", struggling: "en camino", proficient: "casi lo tienes", mastered: "ya lo sabes" },
);
