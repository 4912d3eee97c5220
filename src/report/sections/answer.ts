import { html } from "../../markup/index.js";
import { fillSentence, namesIn } from "../sentence.js";
import type { Section } from "./section.js";

/** The short answer, and what the intervals in it are. */
export const answer: Section = {
  id: "answer",
  title: "The answer",
  write(context) {
    const sentences = context.data.answer;
    const printed = sentences.flatMap((sentence) => namesIn(sentence, "interval")).map((name) => context.number(name));
    const reasons = (has: boolean) => [
      ...new Set(
        printed
          .filter(({ low, interval }) => interval !== null && (low !== null) === has)
          .map(({ interval }) => interval),
      ),
    ];
    const intervals = reasons(true);
    const absent = reasons(false);
    return html`<div class="answer">${sentences.map((sentence) => html`<p>${fillSentence(context, sentence)}</p>`)}</div>
${intervals.length > 0 && html`<p class="note">In brackets: ${intervals.join("; ")}.</p>`}${absent.length > 0 && html`<p class="note">Without brackets: ${absent.join("; ")}.</p>`}`;
  },
};
