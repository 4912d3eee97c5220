import { html } from "../../markup/index.js";
import { fillSentence, namesIn } from "../sentence.js";
import type { Section } from "./section.js";

/** The short answer, and what the intervals in it are. */
export const answer: Section = {
  id: "answer",
  title: "The answer",
  write(context) {
    const sentences = context.data.answer;
    const intervals = new Set(
      sentences
        .filter((sentence) => sentence.includes(":interval}"))
        .flatMap(namesIn)
        .map((name) => context.number(name).interval)
        .filter((interval) => interval !== null),
    );
    return html`<div class="answer">${sentences.map((sentence) => html`<p>${fillSentence(context, sentence)}</p>`)}</div>
${intervals.size > 0 && html`<p class="note">In brackets: ${[...intervals].join("; ")}.</p>`}`;
  },
};
